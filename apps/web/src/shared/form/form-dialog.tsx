import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import { Dialog } from '../dialog/dialog.tsx'
import { FormElement } from './form-element.tsx'
import type { Form } from './use-form.ts'

interface FormDialogProps<T extends object> {
  readonly form: Form<T>
  readonly header: string
  /** 'Create shadow' */
  readonly action: string
  /** What to say of a refusal that names no field: 'The shadow could not be created'. */
  readonly failure: string
  readonly onClose: () => void
  /** Why it cannot be sent now. */
  readonly whyNot?: string | undefined
  /** `large` where tables or several columns are filled in. */
  readonly size?: 'medium' | 'large'
  readonly children: ReactNode
}

/** A form in a dialog. It is open as long as it is rendered. */
export function FormDialog<T extends object>(props: FormDialogProps<T>) {
  const { form, header, action, failure, onClose, whyNot, size, children } = props
  return (
    <Dialog
      header={header}
      action={action}
      whyNot={whyNot}
      {...(size && { size })}
      busy={form.isBusy}
      error={form.failure}
      failure={failure}
      formId={form.id}
      onAction={() => form.submit()}
      onClose={onClose}
    >
      <FormElement form={form} whyNot={whyNot}>
        <SpaceBetween size="m">{children}</SpaceBetween>
      </FormElement>
    </Dialog>
  )
}
