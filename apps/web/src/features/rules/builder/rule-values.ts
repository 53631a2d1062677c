import {
  HIDDEN_RULE_SECRET,
  RULE_ACTION_NAMES,
  type RuleAction,
  type RuleActionName,
  type RulePayload,
  ruleSecrets,
} from '@thingdeck/contract'
import { type SqlVersion, sqlVersionOf } from '@thingdeck/rules-sql'
import type { Pair } from '../../../shared/form/pairs-field.tsx'
import { isObject } from '../../../shared/json-object-in.ts'
import type { ActionSettings } from '../actions/action-description.ts'

/** An action that is being written; `id` stays the same wherever it moves to. */
export interface EditedAction {
  readonly id: string
  readonly name: RuleActionName
  readonly settings: ActionSettings
}

/** A rule that is being written. */
export interface RuleValues {
  readonly ruleName: string
  readonly description: string
  readonly sql: string
  readonly sqlVersion: SqlVersion
  readonly actions: readonly EditedAction[]
  /** One at most. */
  readonly errorAction: readonly EditedAction[]
  readonly isEnabled: boolean
  readonly tags: readonly Pair[]
}

export const editedAction = (name: RuleActionName, settings: ActionSettings): EditedAction => ({
  id: crypto.randomUUID(),
  name,
  settings,
})

/** Undefined for an action that is not known here, or none. */
function editedActionOf(action: RuleAction): EditedAction | undefined {
  const name = RULE_ACTION_NAMES.find((each) => action[each] !== undefined)
  const settings = name && action[name]
  return name && isObject(settings) ? editedAction(name, settings) : undefined
}

export const actionOf = ({ name, settings }: Pick<EditedAction, 'name' | 'settings'>): RuleAction =>
  // Forms write the members that the action has, and what is not yet as it has to be is not sent: see `actionProblems`.
  ({ [name]: settings }) as RuleAction

/** The rule as AWS takes it. */
export function payloadOf(values: Omit<RuleValues, 'ruleName' | 'tags'>): RulePayload {
  const { description, sql, sqlVersion, actions, errorAction, isEnabled } = values
  return {
    sql,
    ...(description !== '' && { description }),
    actions: actions.map(actionOf),
    ruleDisabled: !isEnabled,
    awsIotSqlVersion: sqlVersion,
    ...(errorAction[0] && { errorAction: actionOf(errorAction[0]) }),
  }
}

/** What a form begins with, to write this rule anew. Actions that are not known here are left out. */
export function valuesOf(payload: RulePayload): Omit<RuleValues, 'ruleName' | 'tags'> {
  const { sql, description = '', actions, ruleDisabled = false, awsIotSqlVersion, errorAction } = payload
  const edited = (action: RuleAction) => editedActionOf(action) ?? []
  return {
    sql,
    description,
    sqlVersion: sqlVersionOf(awsIotSqlVersion),
    actions: actions.flatMap(edited),
    errorAction: errorAction ? [edited(errorAction)].flat() : [],
    isEnabled: !ruleDisabled,
  }
}

/** Whether a secret stands in it that was not kept, and has to be written again. */
export const hasHiddenSecrets = (payload: RulePayload): boolean => ruleSecrets(payload).includes(HIDDEN_RULE_SECRET)
