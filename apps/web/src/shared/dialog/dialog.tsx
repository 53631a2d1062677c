import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { focusContent, isFocusLost } from '../focus-lost.ts'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { textsTogether } from '../ui/texts-together.tsx'

interface DialogProps {
  readonly header: string
  /** What the primary button says. */
  readonly action: string
  readonly onAction: () => void
  /** Cancel, the cross, Escape or a click beside the dialog. */
  readonly onClose: () => void
  /** Something is still missing: the primary button cannot be pressed. */
  readonly disabled?: boolean
  /** Why the primary button cannot be pressed, where that is not plain to see. */
  readonly whyNot?: string | undefined
  /** The action is under way: nothing can be pressed, and the dialog stays until the outcome is known. */
  readonly busy?: boolean
  /** Why the action failed. */
  readonly error?: Error | null
  /** What to say of `error`, e.g. 'The shadow could not be created'. */
  readonly failure?: string
  readonly size?: 'medium' | 'large'
  /** There is nothing left to cancel: the primary button alone is shown. */
  readonly isOver?: boolean
  /** Of the form within: the primary button submits it, in place of `onAction`. */
  readonly formId?: string
  readonly children: ReactNode
}

/**
 * A question with Cancel and one primary button. The focus begins in its first field, and goes back to where it was.
 * It is open as long as it is rendered.
 */
export function Dialog(props: DialogProps) {
  const { header, action, onAction, onClose, disabled, whyNot, busy, error, failure, size, formId, isOver, children } =
    props
  const [body, setBody] = useState<HTMLDivElement | null>(null)
  const close = () => {
    if (!busy) onClose()
  }
  useFocus(body)
  useEscapeFromNowhere(close)
  return (
    <Modal
      visible
      {...(size && { size })}
      header={header}
      closeAriaLabel="Close"
      onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {!isOver && (
              <Button variant="link" disabled={busy === true} onClick={close}>
                Cancel
              </Button>
            )}
            <Button
              variant="primary"
              disabled={disabled === true || whyNot !== undefined}
              {...(whyNot !== undefined && { disabledReason: whyNot })}
              loading={busy === true}
              {...(formId === undefined ? { onClick: onAction } : { form: formId })}
            >
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <div ref={setBody}>
        <SpaceBetween size="m">
          {error && <ErrorAlert error={error} what={failure ?? 'That failed'} />}
          {textsTogether(children)}
        </SpaceBetween>
      </div>
    </Modal>
  )
}

/**
 * Cloudscape's modal begins at its cross, and forgets where the focus was when a field within takes it at once.
 * @param body null until the modal has put itself into the page, and taken the focus
 */
function useFocus(body: HTMLElement | null): void {
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    if (body === null) return
    const field = body.querySelector<HTMLElement>('input, textarea')
    if (field) return field.focus()
    // A text that is asked for once it is known what would be done, unless the person has gone on to something else by then.
    const beginning = document.activeElement
    const observer = new MutationObserver(() => {
      const late = body.querySelector<HTMLElement>('input:not([role="combobox"]), textarea')
      if (late && document.activeElement === beginning) late.focus()
      if (document.activeElement !== beginning) observer.disconnect()
    })
    observer.observe(body, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [body])
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus()
      if (isFocusLost()) focusContent() // with what was done, what it was opened by is gone, or cannot be pressed any more
    },
    [before],
  )
}

/** A click on mere text leaves nothing focused, and Cloudscape's modal hears Escape only from within. */
function useEscapeFromNowhere(close: () => void): void {
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape' && document.activeElement === document.body) latest.current()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
