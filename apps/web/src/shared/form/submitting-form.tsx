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
 * {@link SENDS_FORM} alone. Cloudscape's buttons are submit buttons unless they say otherwise, and Enter presses the first of
 * them: without this, what adds a row or removes one would send the form, and Enter would remove a row.
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
