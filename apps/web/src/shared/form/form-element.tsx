import type { ReactNode } from 'react'
import type { Form } from './use-form.ts'

/** The element around the fields: Enter in a line of text submits, Ctrl+Enter (⌘+Enter) anywhere. */
export function FormElement<T extends object>({
  form,
  children,
}: {
  readonly form: Form<T>
  readonly children: ReactNode
}) {
  return (
    <form
      id={form.id}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation() // a dialog may stand within another form
        form.submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        // React brings the keys of a dialog that the form opened along too.
        if (!event.currentTarget.contains(event.target as Node)) return // a key is pressed in some node
        event.preventDefault()
        form.submit()
      }}
    >
      {children}
    </form>
  )
}
