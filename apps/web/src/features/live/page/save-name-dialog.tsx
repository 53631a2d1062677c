import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { Dialog } from '../../../shared/dialog/dialog.tsx'

interface SaveNameDialogProps {
  readonly header: string
  /** Names under which something is saved already. */
  readonly taken: readonly string[]
  /** @param name not empty, without spaces around it; one of `taken` replaces what is there */
  readonly onSave: (name: string) => void
  readonly onClose: () => void
}

/** Asks for the name under which something is kept in this browser. */
export function SaveNameDialog({ header, taken, onSave, onClose }: SaveNameDialogProps) {
  const [typed, setTyped] = useState('')
  const name = typed.trim()
  const replaces = taken.includes(name)
  const save = () => {
    if (name !== '') onSave(name)
  }
  return (
    <Dialog
      header={header}
      action={replaces ? 'Replace saved' : 'Save'}
      disabled={name === ''}
      onAction={save}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <FormField
          label="Name"
          description="It is kept in this browser."
          constraintText={replaces ? 'What is saved under this name is replaced.' : undefined}
        >
          <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} />
        </FormField>
      </form>
    </Dialog>
  )
}
