import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormLayout from '@cloudscape-design/components/form'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { UnsavedGuard } from '../unsaved/unsaved-guard.tsx'
import { FormElement } from './form-element.tsx'
import { SENDS_FORM } from './submitting-form.tsx'
import type { Form as FormState } from './use-form.ts'

interface FormProps<T extends object> {
  readonly form: FormState<T>
  /** 'Create thing' */
  readonly action: string
  /** What to say of a refusal that names no field: 'The thing could not be created'. */
  readonly failure: string
  /** What would be lost with the page, going on with 'loses': 'the new thing'. */
  readonly unsaved: string
  /** Where Cancel leads. */
  readonly cancelHref: string
  /** Why it cannot be sent now. */
  readonly whyNot?: string | undefined
  /** The children bring containers of their own. */
  readonly isBare?: boolean
  readonly children: ReactNode
}

/** A form on a page of its own. It asks before it is left with something that was not sent. */
export function Form<T extends object>(props: FormProps<T>) {
  const { form, action, failure, unsaved, cancelHref, whyNot, isBare = false, children } = props
  return (
    <FormElement form={form} whyNot={whyNot}>
      <UnsavedGuard what={unsaved} isUnsaved={form.isUnsaved} />
      <FormLayout
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" href={cancelHref}>
              Cancel
            </Button>
            <Button
              variant="primary"
              nativeButtonAttributes={SENDS_FORM}
              loading={form.isBusy}
              {...(whyNot !== undefined && { disabled: true, disabledReason: whyNot })}
            >
              {action}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {form.failure && <ErrorAlert error={form.failure} what={failure} />}
          {isBare ? (
            children
          ) : (
            <Container>
              <SpaceBetween size="l">{children}</SpaceBetween>
            </Container>
          )}
        </SpaceBetween>
      </FormLayout>
    </FormElement>
  )
}
