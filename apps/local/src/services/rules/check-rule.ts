import { invalidRequest } from '../../foundation/errors.ts'
import { parseRoleArn } from '../../foundation/roles.ts'
import { ACTION_NAMES, type ActionName, type RulePayload, textsOf } from './rule-table.ts'

type RuleAction = RulePayload['actions'][number]

/** "Maximum size of a rule payload": SQL, actions and description as JSON. */
const MAX_PAYLOAD_BYTES = 131_072

/** Accepted for rules that have it already, and otherwise not, as AWS has it. */
const FOR_OLD_RULES_ONLY: ReadonlySet<string> = new Set(['elasticsearch'])

/**
 * What AWS's model does not say of a rule's members and AWS asks for all the same.
 * @param before what it replaces
 * @throws {AwsError} InvalidRequestException that names the action and what would be right
 */
export function checkRule(payload: RulePayload, accountId: string, before?: RulePayload): void {
  const bytes = Buffer.byteLength(JSON.stringify(payload))
  if (bytes > MAX_PAYLOAD_BYTES) {
    throw invalidRequest(`The rule is ${bytes} bytes as JSON; a rule may have at most ${MAX_PAYLOAD_BYTES} bytes.`)
  }
  for (const [index, action] of payload.actions.entries()) checkAction(action, `actions[${index}]`, accountId, before)
  if (payload.errorAction) checkErrorAction(payload.errorAction, accountId, before)
}

/** The name of an action and what it is told. @throws {AwsError} InvalidRequestException where it is none, or several. */
export function readAction(
  action: RuleAction,
  place: string,
): { readonly name: ActionName; readonly settings: object } {
  const given = ACTION_NAMES.flatMap((name) => {
    const settings = action[name]
    return settings === undefined ? [] : [{ name, settings }]
  })
  const [only, another] = given
  if (!only) throw invalidRequest(`${place} has no action: give it exactly one, such as republish.`)
  if (another) {
    const names = given.map(({ name }) => name).join(', ')
    throw invalidRequest(`${place} has several actions (${names}): each action is an element of its own.`)
  }
  return only
}

function checkAction(action: RuleAction, place: string, accountId: string, before: RulePayload | undefined): void {
  const { name, settings } = readAction(action, place)
  if (FOR_OLD_RULES_ONLY.has(name) && !before?.actions.some((each) => each[name] !== undefined)) {
    throw invalidRequest(`${place}: the action ${name} can only be kept by rules that have it; use openSearch.`)
  }
  for (const [member, value] of textsOf(settings)) {
    checkText(member, value, `${place}.${name}`, accountId)
    if (name !== 'influxDB' && value.includes('@{')) {
      throw invalidRequest(`${place}.${name}.${member}: only influxDB has elements that @{…} could name.`)
    }
  }
}

function checkErrorAction(action: RuleAction, accountId: string, before: RulePayload | undefined): void {
  checkAction(action, 'errorAction', accountId, before)
  if (action.http?.enableBatching || action.http?.batchConfig) {
    throw invalidRequest('errorAction.http: an error action cannot be batched.')
  }
}

function checkText(member: string, value: string, place: string, accountId: string): void {
  if (member !== 'roleArn') return
  const role = parseRoleArn(value)
  if (!role) throw invalidRequest(`${place}.roleArn: ${value} is not the ARN of a role.`)
  if (role.account !== accountId) {
    throw invalidRequest(`${place}.roleArn: the role must be of account ${accountId}, which the rule is of.`)
  }
}
