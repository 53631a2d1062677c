import Box from '@cloudscape-design/components/box'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { Dialog } from '../../../shared/ui/dialog.tsx'
import { formatShadowKey, type ShadowKey } from '../model/shadow-key.ts'

interface DeleteDialogProps {
  readonly shadowKey: ShadowKey
  readonly version: number
  readonly hasDraft: boolean
  readonly onDelete: () => void
  readonly onClose: () => void
}

export function DeleteDialog({ shadowKey, version, hasDraft, onDelete, onClose }: DeleteDialogProps) {
  const name = formatShadowKey(shadowKey)
  const [typed, setTyped] = useState('')
  return (
    <Dialog
      header={`Delete the shadow ${name}`}
      action="Delete shadow"
      disabled={typed !== name}
      onAction={onDelete}
      onClose={onClose}
    >
      <Box variant="div">
        <ul>
          <li>What is desired and what is reported is gone; AWS keeps no copy.</li>
          <li>The thing stays. Its device creates the shadow anew with its next report, without what is desired.</li>
          <li>
            The version counter is kept for 48 hours: created again within that time, the shadow goes on behind version{' '}
            {version}; later it begins at 1, and devices that drop lower versions as old must know.
          </li>
          <li>Deleting carries no version: it also deletes what somebody wrote a moment ago.</li>
          {hasDraft && <li>Your draft stays here, to be sent into a new shadow.</li>}
        </ul>
      </Box>
      <FormField label={`To delete it, type ${name}`}>
        <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} />
      </FormField>
    </Dialog>
  )
}
