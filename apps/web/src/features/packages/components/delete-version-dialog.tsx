import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { SoftwarePackage } from '@thingdeck/contract'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { packagesChanged, packageThingsQuery } from '../api.ts'
import { versionDeletion } from '../package-plans.ts'
import { runningConsequence } from '../running-words.ts'

interface DeleteVersionDialogProps {
  readonly found: SoftwarePackage
  readonly versionName: string
  readonly onClose: () => void
}

export function DeleteVersionDialog({ found, versionName, onClose }: DeleteVersionDialogProps) {
  const client = useQueryClient()
  const { data: things } = useQuery(packageThingsQuery(found.packageName))
  return (
    <PlanDialog
      header={`Delete the version ${versionName} of ${found.packageName}`}
      action="Delete version"
      plan={{ ...versionDeletion(found, versionName), onChange: () => void packagesChanged(client) }}
      consequences={[
        ...runningConsequence(things, versionName),
        'Its attributes, its recipe and its tags are gone for good; the artifact stays in S3.',
        ...(found.defaultVersionName === versionName
          ? ['It is the default version: the package has none any more, and jobs that name $default are refused.']
          : []),
      ]}
      name={versionName}
      onClose={onClose}
    />
  )
}
