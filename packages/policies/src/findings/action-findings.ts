import { nearestAction } from '../vocabulary/policy-action.ts'
import { removeItem, replaceText } from './mend.ts'
import type { PolicyFinding } from './policy-finding.ts'
import { type ActionLook, finding, type PolicyLook, type StatementLook } from './policy-look.ts'

const MQTT_ACTIONS = ['iot:Connect', 'iot:Publish', 'iot:Subscribe', 'iot:Receive'] as const

/**
 * Actions that AWS IoT does not know, and those that are more than anybody reads out of them.
 * @see AWS IoT developer guide, "AWS IoT Core policy actions"
 */
export function actionFindings(look: PolicyLook): PolicyFinding[] {
  return look.statements.flatMap((statement) => {
    const { effect, action } = statement.statement
    return statement.actions.flatMap((each) => {
      if (each.covered.length === 0) return [unknownAction(look, statement, each)]
      return effect === 'Allow' && !action.negated && isEveryAction(each.pattern) ? [everyAction(look, each)] : []
    })
  })
}

const isEveryAction = (pattern: string): boolean => /^(?:\*|iot:\*)$/i.test(pattern)

function unknownAction(look: PolicyLook, statement: StatementLook, { pattern, place }: ActionLook): PolicyFinding {
  const nearest = nearestAction(pattern)
  const removal = removeItem(statement.action.element, place)
  const words = pattern.toLowerCase().startsWith('iot')
    ? `No policy of AWS IoT decides about ${pattern}, so it does nothing here${
        nearest === undefined
          ? '; calls of the control plane are decided by IAM policies.'
          : `; ${nearest} is probably meant.`
      }`
    : `${pattern} is of another service: a policy of AWS IoT decides about AWS IoT alone, so it does nothing here.`
  return finding(look, 'ACTION_UNKNOWN', 'warning', place, words, [
    ...(nearest === undefined ? [] : [{ words: `Use ${nearest}`, edits: [replaceText(place, nearest)] }]),
    ...(removal ? [{ words: 'Remove it', edits: [removal] }] : []),
  ])
}

function everyAction(look: PolicyLook, { pattern, place }: ActionLook): PolicyFinding {
  const isInList = place.path.endsWith(']')
  const list = MQTT_ACTIONS.map((name) => JSON.stringify(name)).join(', ')
  return finding(
    look,
    'ACTION_TOO_WIDE',
    'warning',
    place,
    `${pattern} is every action that there is, and each that AWS adds: shadows of other things, jobs, credentials, ending other clients' connections.`,
    [
      {
        words: 'Name the four actions of MQTT',
        edits: [{ from: place.node.from, to: place.node.to, insert: isInList ? list : `[${list}]` }],
      },
    ],
  )
}
