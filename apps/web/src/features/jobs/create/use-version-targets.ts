import { useQuery } from '@tanstack/react-query'
import type { VersionTargets } from '@thingdeck/contract'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { versionTargetsQuery } from '../api.ts'
import { type JobValues, targetsOf } from './job-values.ts'

/** How many of the things of the job run already what it brings; undefined while it is not said for whom it is, or what it brings. */
export function useVersionTargets(values: JobValues): VersionTargets | undefined {
  const mayNot = useWhyNot('operator')
  const targets =
    values.who === 'query' && values.found.length === 0 ? { query: values.query.trim() || '*' } : targetsOf(values)
  const isSaid =
    'query' in targets ? values.query.trim() !== '' : targets.thingNames.length + targets.thingGroupNames.length > 0
  const packageVersions = values.packageVersions.filter(
    ({ packageName, versionName }) => packageName !== '' && versionName !== '',
  )
  return useQuery({
    ...versionTargetsQuery({ packageVersions: [...packageVersions], targets }),
    enabled: mayNot === undefined && isSaid && packageVersions.length > 0,
  }).data
}
