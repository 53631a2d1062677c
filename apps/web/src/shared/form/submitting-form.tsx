import type { ReactNode } from 'react'

/** Of the buttons within a form, what {@link SubmittingForm} takes for the one that sends it. */
const SENDS = 'data-sends'

/** For `nativeButtonAttributes` of the button that sends the form: every other one only does what it is for. */
export const SENDS_FORM = { [SENDS]: 'true' } as const

interface SubmittingFormProps {
  readonly id?: string
  readonly className?: string
  readonly onSubmit: () => void
  readonly onKeyDown?: (event: React.KeyboardEvent<HTMLFormElement>) => void
  readonly children: ReactNode
}

/**
 * A `<form>` that is sent by Enter in a line of text, by a button that stands outside and names it, and within by that with
 * {@link SENDS_FORM} alone. Cloudscape's `Button` is a submit button unless it says otherwise, and Enter presses the first of
 * them: without this, each that somebody forgot to say it of would send the form, or be pressed in place of the one that does.
 */
export function SubmittingForm({ onSubmit, children, ...rest }: SubmittingFormProps) {
  return (
    <form
      {...rest}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation() // a dialog may stand within another form
        const submitter = 'submitter' in event.nativeEvent ? event.nativeEvent.submitter : null
        const isWithin = submitter instanceof HTMLElement && event.currentTarget.contains(submitter)
        if (!isWithin || submitter.hasAttribute(SENDS)) onSubmit()
      }}
    >
      {/* What Enter presses: the first submit button that there is. */}
      <button type="submit" hidden {...SENDS_FORM} />
      {children}
    </form>
  )
}
