import { useQueryClient } from '@tanstack/react-query'
import { endpoints, type PackageVersionAction } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { versionInWords } from '../../../shared/packages/package-queries.ts'
import { packagesChanged } from '../api.ts'
import { CONSEQUENCES } from '../words.ts'

interface VersionActDialogProps {
  readonly packageName: string
  readonly versionName: string
  readonly action: PackageVersionAction
  readonly onClose: () => void
}

const VERBS = {
  PUBLISH: { verb: 'Publish', done: 'published' },
  DEPRECATE: { verb: 'Deprecate', done: 'deprecated' },
} as const

/** Publishes or deprecates a version, after it was said what that does. */
export function VersionActDialog({ packageName, versionName, action, onClose }: VersionActDialogProps) {
  const client = useQueryClient()
  const { flash } = useFlash()
  const { verb, done } = VERBS[action]
  const words = versionInWords(packageName, versionName)
  return (
    <ConfirmDialog
      header={`${verb} ${words}?`}
      action={`${verb} version`}
      failure={`The version could not be ${done}`}
      onConfirm={async () => {
        await api(endpoints.updatePackageVersion, { params: { packageName, versionName }, body: { action } })
        await packagesChanged(client)
        flash({ id: `${action} ${packageName}/${versionName}`, type: 'success', header: `${words} is ${done}` })
      }}
      onClose={onClose}
    >
      <Consequences list={CONSEQUENCES[action]} />
    </ConfirmDialog>
  )
}
