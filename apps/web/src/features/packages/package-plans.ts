import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { Plan, PlanStep } from '../../shared/plan/plan.ts'

const setDefault = (packageName: string, defaultVersionName: string) =>
  api(endpoints.updatePackage, { params: { packageName }, body: { defaultVersionName } })

interface Named {
  readonly packageName: string
  readonly defaultVersionName?: string | undefined
}

/** AWS deletes no default version. */
const unsetDefaultStep = ({ packageName, defaultVersionName = '' }: Named): PlanStep => ({
  id: 'unset default',
  words: `Have no default version (now ${defaultVersionName})`,
  run: () => setDefault(packageName, ''),
  undo: () => setDefault(packageName, defaultVersionName),
})

/** AWS takes it that one is gone already. */
const deleteVersionStep = (packageName: string, versionName: string): PlanStep => ({
  id: `delete version ${versionName}`,
  words: `Delete the version ${versionName}`,
  run: () => api(endpoints.deletePackageVersion, { params: { packageName, versionName } }),
})

/** Deletes a version, which before is no default one any more. */
export function versionDeletion(named: Named, versionName: string): Plan {
  const { packageName, defaultVersionName } = named
  return {
    id: `delete package version ${packageName}/${versionName}`,
    title: `Delete the version ${versionName} of ${packageName}`,
    done: `The version ${versionName} of ${packageName} was deleted`,
    steps: [
      ...(defaultVersionName === versionName ? [unsetDefaultStep(named)] : []),
      deleteVersionStep(packageName, versionName),
    ],
  }
}

/** Deletes a package with all its versions, in the order in which AWS takes that. */
export function packageDeletion(named: Named, versionNames: readonly string[]): Plan {
  const { packageName, defaultVersionName } = named
  return {
    id: `delete package ${packageName}`,
    title: `Delete the package ${packageName}`,
    done: `The package ${packageName} was deleted`,
    steps: [
      ...(defaultVersionName === undefined ? [] : [unsetDefaultStep(named)]),
      ...versionNames.map((versionName) => deleteVersionStep(packageName, versionName)),
      {
        id: 'delete package',
        words: `Delete the package ${packageName}`,
        run: () => api(endpoints.deletePackage, { params: { packageName } }),
      },
    ],
  }
}
