import './rules.css'
import Icon from '@cloudscape-design/components/icon'
import type { RuleAction, RulePayload } from '@thingdeck/contract'
import { visible } from '../../shared/text/visible.tsx'
import { visibleText } from '../../shared/text/visible-text.ts'
import { actionWords, readAction } from './actions/actions.ts'

interface ActionLineProps {
  readonly action: RuleAction
  /** It is done where another fails. */
  readonly isOnFailure?: boolean
}

/** What an action does, in one line with its icon. */
export function ActionLine({ action, isOnFailure = false }: ActionLineProps) {
  const words = `${isOnFailure ? 'On failure, ' : ''}${actionWords(action)}`
  return (
    <span className="td-rule-action" title={visibleText(words)}>
      <Icon name={readAction(action)?.description.icon ?? 'status-warning'} size="small" />
      <span>{visible(words)}</span>
    </span>
  )
}

/** What a rule does, a line for each action; the error action last. */
export function ActionLines({ actions, errorAction }: Pick<RulePayload, 'actions' | 'errorAction'>) {
  return (
    <ul className="td-plain-list">
      {actions.map((action, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: actions of one rule have no other name than their place
        <li key={index}>
          <ActionLine action={action} />
        </li>
      ))}
      {actions.length === 0 && <li className="td-weak">No action</li>}
      {errorAction && (
        <li className="td-weak">
          <ActionLine action={errorAction} isOnFailure />
        </li>
      )}
    </ul>
  )
}
