import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { Dialog } from '../dialog/dialog.tsx'
import { SubmittingForm } from '../form/submitting-form.tsx'

interface SaveNameDialogProps {
  readonly header: string
  /** Where it is kept; left out: in this browser. */
  readonly description?: string
  /** What the button says; left out: that it is saved. */
  readonly action?: string
  /** The name that it has now. */
  readonly initial?: string
  /** Names under which something is saved already. */
  readonly taken: readonly string[]
  /** @param name not empty, without spaces around it; one of `taken` replaces what is there */
  readonly onSave: (name: string) => void
  readonly onClose: () => void
  /** It is under way, or failed. */
  readonly busy?: boolean
  readonly error?: Error | null
  readonly failure?: string
}

/** Asks for the name under which something is kept. */
export function SaveNameDialog({ header, taken, onSave, onClose, ...props }: SaveNameDialogProps) {
  const { description = 'It is kept in this browser.', action = 'Save', initial = '', ...state } = props
  const [typed, setTyped] = useState(initial)
  const name = typed.trim()
  const replaces = taken.includes(name)
  const save = () => {
    if (name !== '') onSave(name)
  }
  return (
    <Dialog
      header={header}
      {...state}
      action={replaces ? 'Replace saved' : action}
      disabled={name === ''}
      onAction={save}
      onClose={onClose}
    >
      <SubmittingForm onSubmit={save}>
        <FormField
          label="Name"
          description={description}
          constraintText={replaces ? 'What is saved under this name is replaced.' : undefined}
        >
          <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} />
        </FormField>
      </SubmittingForm>
    </Dialog>
  )
}
