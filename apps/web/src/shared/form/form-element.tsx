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
        event.preventDefault()
        form.submit()
      }}
    >
      {children}
    </form>
  )
}
