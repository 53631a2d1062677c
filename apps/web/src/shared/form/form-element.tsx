import type { ReactNode } from 'react'
import { SubmittingForm } from './submitting-form.tsx'
import type { Form } from './use-form.ts'

interface FormElementProps<T extends object> {
  readonly form: Form<T>
  /** Why it cannot be sent now. It then is not, whatever is pressed. */
  readonly whyNot: string | undefined
  readonly children: ReactNode
}

/** The element around the fields: Enter in a line of text submits, Ctrl+Enter (⌘+Enter) anywhere. */
export function FormElement<T extends object>({ form, whyNot, children }: FormElementProps<T>) {
  const submit = () => {
    if (whyNot === undefined) form.submit()
  }
  return (
    <SubmittingForm
      id={form.id}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        // React brings the keys of a dialog that the form opened along too.
        if (!event.currentTarget.contains(event.target as Node)) return // a key is pressed in some node
        event.preventDefault()
        submit()
      }}
    >
      {children}
    </SubmittingForm>
  )
}
