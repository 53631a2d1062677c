import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Icon from '@cloudscape-design/components/icon'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useRef, useState } from 'react'
import { VisibleText } from '../../../shared/text/visible.tsx'
import type { ActionSettings } from '../actions/action-description.ts'
import { describeAction } from '../actions/actions.ts'
import { DestinationLine } from '../destination-line.tsx'
import { ActionFields } from './action-fields.tsx'
import type { ActionProblems } from './action-problems.ts'
import { JsonOfAction } from './json-of-action.tsx'
import type { EditedAction } from './rule-values.ts'
import './builder.css'

interface ActionCardProps {
  readonly action: EditedAction
  /** Its place among others; empty where it is alone. */
  readonly label: string
  readonly problems: ActionProblems
  readonly isTried: boolean
  /** Somebody came for this one: it is brought into view, and has the focus. */
  readonly isMeant?: boolean
  readonly onChange: (settings: ActionSettings) => void
  readonly onRemove: () => void
  readonly onUp: (() => void) | undefined
  readonly onDown: (() => void) | undefined
}

/** Actions that send by way of a destination, which has to be enabled. */
const NEED_DESTINATION: ReadonlySet<string> = new Set(['http', 'kafka', 'influxDB'])

/** An action that is written, as fields or as JSON. */
export function ActionCard(props: ActionCardProps) {
  const { action, label, problems, isTried, isMeant = false, onChange, onRemove, onUp, onDown } = props
  const [isJson, setJson] = useState(false)
  const card = useRef<HTMLElement>(null)
  const [wasMeant] = useState(isMeant)
  useEffect(() => {
    if (!wasMeant) return
    // The list that it was chosen from takes the focus back as it closes.
    const timer = setTimeout(() => {
      card.current?.focus({ preventScroll: true })
      card.current?.scrollIntoView({ block: 'nearest' })
    })
    return () => clearTimeout(timer)
  }, [wasMeant])
  const description = describeAction(action.name)
  const { title, icon, ended, fields } = description
  const name = [title, label && `(${label})`].filter(Boolean).join(' ')
  return (
    <section ref={card} tabIndex={-1} className="td-action-card" aria-label={`Action ${name}`}>
      <div className="td-action-head">
        <h3>
          <Icon name={icon} /> {label && `${label}. `}
          {title}
          <span className="td-action-words">
            <VisibleText text={description.words(action.settings)} />
          </span>
        </h3>
        <SpaceBetween direction="horizontal" size="xxs">
          <Button variant="inline-link" formAction="none" onClick={() => setJson(!isJson)}>
            {isJson ? 'As fields' : 'As JSON'}
          </Button>
          {(onUp ?? onDown) && (
            <>
              <Button
                formAction="none"
                variant="icon"
                iconName="angle-up"
                disabled={!onUp}
                ariaLabel={`Move ${name} up`}
                onClick={() => onUp?.()}
              />
              <Button
                formAction="none"
                variant="icon"
                iconName="angle-down"
                disabled={!onDown}
                ariaLabel={`Move ${name} down`}
                onClick={() => onDown?.()}
              />
            </>
          )}
          <Button formAction="none" variant="icon" iconName="remove" ariaLabel={`Remove ${name}`} onClick={onRemove} />
        </SpaceBetween>
      </div>
      {ended !== undefined && <Alert type="warning">{ended}</Alert>}
      {isJson ? (
        <JsonOfAction action={action} onChange={onChange} />
      ) : (
        <ActionFields
          fields={fields}
          settings={action.settings}
          onChange={onChange}
          problems={problems}
          isTried={isTried}
        />
      )}
      {NEED_DESTINATION.has(action.name) && <DestinationLine settings={action.settings} isBesideForm />}
    </section>
  )
}
