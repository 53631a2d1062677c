import type { KeyboardEvent } from 'react'
import type { DetailForm } from '../search.ts'
import type { FormChoice } from './forms.ts'

interface FormTabsProps {
  readonly forms: readonly FormChoice[]
  readonly shown: DetailForm
  readonly onForm: (form: DetailForm) => void
  /** Id of the panel that the tabs switch. */
  readonly panelId: string
}

/** Tabs as low as a line of text, because the message below them needs the room. */
export function FormTabs({ forms, shown, onForm, panelId }: FormTabsProps) {
  const usable = forms.filter(({ whyNot }) => whyNot === undefined)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step === undefined) return
    const index = usable.findIndex(({ id }) => id === shown)
    const next = usable.at((index + step) % usable.length)
    if (!next) return
    event.preventDefault()
    onForm(next.id)
    event.currentTarget.querySelector<HTMLElement>(`#${panelId}-${next.id}`)?.focus()
  }
  return (
    <div className="td-tabs" role="tablist" aria-label="Message as" onKeyDown={onKeyDown}>
      {forms.map(({ id, label, whyNot }) => (
        <button
          key={id}
          id={`${panelId}-${id}`}
          type="button"
          role="tab"
          aria-selected={id === shown}
          aria-controls={panelId}
          aria-disabled={whyNot !== undefined}
          tabIndex={id === shown ? 0 : -1}
          title={whyNot}
          onClick={() => whyNot === undefined && onForm(id)}
        >
          {label}
        </button>
      ))}
    </div>
  )
}
