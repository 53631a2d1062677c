import './rules.css'
import Icon from '@cloudscape-design/components/icon'
import type { RuleAction, RulePayload } from '@thingdeck/contract'
import { visible } from '../../shared/text/visible.tsx'
import { actionWords, readAction } from './actions/actions.ts'

/** What an action does, in one line with its icon. */
export function ActionLine({ action }: { readonly action: RuleAction }) {
  return (
    <span className="td-rule-action">
      <Icon name={readAction(action)?.description.icon ?? 'status-warning'} size="small" />
      <span>{visible(actionWords(action))}</span>
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
        <li className="td-weak" title="What is done where an action fails">
          <ActionLine action={errorAction} /> on failure
        </li>
      )}
    </ul>
  )
}
