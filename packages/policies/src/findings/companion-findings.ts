import { patternsOverlap } from '../pattern-relations.ts'
import { formatResourceArn, parseResourceArn } from '../resource-arn.ts'
import { appendStatement } from './mend.ts'
import type { PolicyFinding, PolicyFix } from './policy-finding.ts'
import {
  coversAction,
  finding,
  fitsKind,
  type PolicyLook,
  type ResourceLook,
  type StatementLook,
} from './policy-look.ts'
import { toTopicName } from './topic-forms.ts'

/**
 * What one action needs of another: each is asked about by itself, and all must be allowed. Other policies of the same
 * principal count as well, so that this may be right as it is.
 * @see AWS IoT developer guide, "AWS IoT Core policy actions"
 */
export function companionFindings(look: PolicyLook): PolicyFinding[] {
  return [
    ...withoutReceive(look),
    ...retainWithoutPublish(look),
    ...withoutConnect(look),
    ...denyOfSubscribeAlone(look),
  ]
}

/** The resources of an action in statements of one effect; everything where a statement names exceptions. */
function resourcesOf(look: PolicyLook, effect: 'Allow' | 'Deny', action: string, kind: string): readonly string[] {
  return look.statements
    .filter((each) => each.statement.effect === effect && coversAction(each, action))
    .flatMap((each) =>
      each.statement.resource.negated
        ? ['*']
        : each.resources.filter((resource) => fitsKind(resource, kind)).map(({ pattern }) => pattern),
    )
}

/** The topics that a topic filter of a policy brings, as a resource of `iot:Receive`. */
function topicsOf({ pattern }: ResourceLook): string {
  const arn = parseResourceArn(pattern)
  if (arn?.kind !== 'topicfilter' || arn.name === undefined) return pattern
  return formatResourceArn({ ...arn, kind: 'topic', name: toTopicName(arn.name) })
}

const filtersOf = (statement: StatementLook): readonly ResourceLook[] =>
  statement.resources.filter(({ arn, isEverything }) => isEverything || arn?.kind === 'topicfilter')

function withoutReceive(look: PolicyLook): PolicyFinding[] {
  const received = resourcesOf(look, 'Allow', 'iot:Receive', 'topic')
  return look.statements.flatMap((statement) => {
    if (!statement.isAllow || !coversAction(statement, 'iot:Subscribe')) return []
    const silent = filtersOf(statement).filter(
      (filter) => !received.some((topic) => patternsOverlap(topic, topicsOf(filter))),
    )
    const [first, ...others] = silent
    if (!first) return []
    const topics = [...new Set(silent.map(topicsOf))]
    const also = others.length > 0 ? ` The same holds for ${others.length} more of this statement.` : ''
    return [
      finding(
        look,
        'RECEIVE_MISSING',
        'warning',
        first.place,
        `The subscription is taken, but nothing arrives: no statement here allows iot:Receive on its topics.${also}`,
        [allow(look, 'Allow iot:Receive on these topics', 'iot:Receive', topics)],
      ),
    ]
  })
}

function retainWithoutPublish(look: PolicyLook): PolicyFinding[] {
  const published = resourcesOf(look, 'Allow', 'iot:Publish', 'topic')
  return look.statements.flatMap((statement) => {
    if (!statement.isAllow || !coversAction(statement, 'iot:RetainPublish')) return []
    const lone = statement.resources.filter(
      (resource) => fitsKind(resource, 'topic') && !published.some((topic) => patternsOverlap(topic, resource.pattern)),
    )
    const [first] = lone
    if (!first) return []
    const words = 'Publishing with RETAIN needs iot:Publish on the topic too, and no statement here allows that.'
    const topics = lone.map(({ pattern }) => pattern)
    return [
      finding(look, 'PUBLISH_MISSING', 'warning', first.place, words, [
        allow(look, 'Allow iot:Publish on the same', 'iot:Publish', topics),
      ]),
    ]
  })
}

const OVER_MQTT = ['iot:Publish', 'iot:Subscribe', 'iot:Receive']

/** Without a connection there is nothing to publish on. */
function withoutConnect(look: PolicyLook): PolicyFinding[] {
  const connects = look.statements.some(
    (each) => each.statement.effect === 'Allow' && coversAction(each, 'iot:Connect'),
  )
  if (connects) return []
  for (const statement of look.statements) {
    if (statement.statement.effect !== 'Allow') continue
    const action = statement.actions.find(({ covered }) => covered.some(({ name }) => OVER_MQTT.includes(name)))
    if (!action) continue
    const arn = statement.resources.find((resource) => resource.arn)?.arn
    const home = look.home && { partition: look.home.partition, region: look.home.region, account: look.home.accountId }
    const base = arn ?? (home && { ...home, service: 'iot' })
    const client = base && formatResourceArn({ ...base, kind: 'client', name: '${iot:Connection.Thing.ThingName}' })
    const words =
      'Nothing here allows iot:Connect: over MQTT this does something only together with another policy of the same principal that does.'
    const fixes = client ? [allow(look, 'Allow things to connect under their names', 'iot:Connect', [client])] : []
    return [finding(look, 'CONNECT_MISSING', 'info', action.place, words, fixes)]
  }
  return []
}

/**
 * A Deny of iot:Subscribe compares the texts of topic filters, so that `a/#` is not stopped by a Deny of `a/secret/*`.
 * @see AWS IoT developer guide, "Pub/Sub policy examples"
 */
function denyOfSubscribeAlone(look: PolicyLook): PolicyFinding[] {
  const denied = resourcesOf(look, 'Deny', 'iot:Receive', 'topic')
  return look.statements.flatMap((statement) => {
    if (statement.statement.effect !== 'Deny' || statement.statement.resource.negated) return []
    if (!coversAction(statement, 'iot:Subscribe') || coversAction(statement, 'iot:Receive')) return []
    const open = filtersOf(statement).filter(
      (filter) => !denied.some((topic) => patternsOverlap(topic, topicsOf(filter))),
    )
    const [first] = open
    if (!first || first.isEverything) return []
    const words =
      'A Deny of iot:Subscribe compares the text of the topic filter: a wider filter such as # or +/# goes past it, and its messages arrive. Deny iot:Receive on the topics as well.'
    const fix = {
      words: 'Deny iot:Receive on these topics',
      edits: [...appendStatement(look, denial(open.map(topicsOf)))],
    }
    return [finding(look, 'DENY_SUBSCRIBE_ALONE', 'warning', first.place, words, [fix])]
  })
}

const oneOrMore = (texts: readonly string[]) => (texts.length === 1 ? (texts[0] ?? '') : texts)

const denial = (topics: readonly string[]) =>
  ({ Effect: 'Deny', Action: 'iot:Receive', Resource: oneOrMore([...new Set(topics)]) }) as const

const allow = (look: PolicyLook, words: string, action: string, resources: readonly string[]): PolicyFix => ({
  words,
  edits: appendStatement(look, { Effect: 'Allow', Action: action, Resource: oneOrMore(resources) }),
})
