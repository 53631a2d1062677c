import { DestroyDialog } from '../../../shared/dialog/destroy-dialog.tsx'
import { formatShadowKey, type ShadowKey, shadowInWords } from '../model/shadow-key.ts'

interface DeleteDialogProps {
  readonly shadowKey: ShadowKey
  readonly version: number
  readonly hasDraft: boolean
  /** How it ended stands on the page. */
  readonly onDelete: () => void
  readonly onClose: () => void
}

export function DeleteDialog({ shadowKey, version, hasDraft, onDelete, onClose }: DeleteDialogProps) {
  const name = formatShadowKey(shadowKey)
  return (
    <DestroyDialog
      header={`Delete ${shadowInWords(shadowKey)}`}
      action="Delete shadow"
      name={name}
      consequences={[
        'What is desired and what is reported is gone; AWS keeps no copy.',
        'The thing stays. Its device creates the shadow anew with its next report, without what is desired.',
        `The version counter is kept for 48 hours: created again within that time, the shadow goes on behind version ${version}; later it begins at 1, and devices that drop lower versions as old must know.`,
        'Deleting carries no version: it also deletes what somebody wrote a moment ago.',
        ...(hasDraft ? ['Your draft stays here, to be sent into a new shadow.'] : []),
      ]}
      failure="The shadow could not be deleted"
      onDestroy={onDelete}
      onClose={onClose}
    />
  )
}
