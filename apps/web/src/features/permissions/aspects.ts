import type { AuthorizationFacts } from '@thingdeck/contract'
import {
  type ActionSummary,
  type ClientRequest,
  type PermissionEntry,
  requestContext,
  shadowResources,
  summarizeAction,
} from '@thingdeck/policies'
import { type PolicySet, policySetOverHttps } from '../../shared/authorization/policy-set.ts'
import { simulate } from '../../shared/authorization/simulate.ts'
import { statementWords } from '../../shared/authorization/statement-words.ts'

/** One line of what a client may do. */
export interface PermissionLine {
  /** `nothing`: a statement that does not hold here. */
  readonly kind: 'allowed' | 'except' | 'nothing' | 'refused'
  readonly text: string
  /** By which statement, or why not. */
  readonly why: string
}

/** One thing that clients do, and what of it this one may. */
export interface Aspect {
  readonly title: string
  readonly lines: readonly PermissionLine[]
}

/** What stands for its own name where two things are compared. */
const OWN_NAME = '‹its name›'

const ACTIONS = [
  { title: 'Connect as', action: 'iot:Connect', kind: 'client', everything: 'every client id' },
  { title: 'Publish to', action: 'iot:Publish', kind: 'topic', everything: 'every topic' },
  {
    title: 'Publish retained to',
    action: 'iot:RetainPublish',
    kind: 'topic',
    everything: 'every topic it may publish to',
  },
  { title: 'Subscribe to', action: 'iot:Subscribe', kind: 'topicfilter', everything: 'every topic filter' },
  { title: 'Receive from', action: 'iot:Receive', kind: 'topic', everything: 'every topic' },
] as const

/** All that a thing's device may do over MQTT under the thing's name, and over HTTPS with its certificate. */
export function aspectsOf(facts: AuthorizationFacts, policies: PolicySet, thingName: string): readonly Aspect[] {
  const mqtt = requestContext(facts, thingName)
  return [
    ...ACTIONS.map(({ title, action, kind, everything }) => ({
      title,
      lines: linesOf(summarizeAction(policies.named, { action, kind }, mqtt), policies, everything),
    })),
    { title: 'Its classic shadow', lines: requestLines(shadowRequests(thingName), facts, policies, thingName) },
    {
      title: 'A named shadow, such as a-name',
      lines: requestLines(shadowRequests(thingName, 'a-name'), facts, policies, thingName),
    },
    { title: 'Its jobs', lines: requestLines(jobRequests(thingName), facts, policies, thingName) },
  ]
}

function linesOf({ allowed, denied, idle }: ActionSummary, policies: PolicySet, everything: string): PermissionLine[] {
  const lineOf = (entry: PermissionEntry, kind: 'allowed' | 'except'): PermissionLine => ({
    kind,
    text: `${patternWords(entry, everything)}${conditionWords(entry)}`,
    why: statementWords(entry.statement, policies),
  })
  const nothing = idle.map(
    ({ statement, written, why }): PermissionLine => ({
      kind: 'nothing',
      text:
        written
          .split(':')
          .slice(5)
          .join(':')
          .replace(/^\w+\//, '') || written,
      why: `${statementWords(statement, policies)}: ${why === 'CONDITION' ? 'its condition does not hold' : 'a variable in it has no value'}`,
    }),
  )
  return [
    ...distinct(allowed.map((entry) => lineOf(entry, 'allowed'))),
    // An exception to nothing is none.
    ...(allowed.length === 0 ? [] : distinct(denied.map((entry) => lineOf(entry, 'except')))),
    ...nothing,
  ]
}

/** A wildcard of a policy takes in slashes too; one that is a character of the topic stays. */
function patternWords({ pattern, isNegated }: PermissionEntry, everything: string): string {
  const words =
    pattern === '*'
      ? everything
      : pattern.replaceAll(/\$\{([*?])\}|[*?]/g, (sign, literal?: string) => literal ?? WILDCARDS[sign] ?? sign)
  return isNegated ? `everything but ${words}` : words
}

const WILDCARDS: Readonly<Record<string, string>> = { '*': '‹anything›', '?': '‹one character›' }

const conditionWords = ({ conditions }: PermissionEntry): string =>
  conditions.map(({ operator, key, values }) => `, if ${operator.text} ${key} ${values.join(' or ')}`).join('')

interface Asked {
  readonly does: string
  readonly request: ClientRequest
  readonly isHttps?: true
}

function shadowRequests(thingName: string, shadowName?: string): readonly Asked[] {
  const base = `$aws/things/${thingName}/shadow${shadowName === undefined ? '' : `/name/${shadowName}`}`
  const resources = shadowResources({ thingName, shadowName })
  const operation = (does: string, action: string): Asked => ({
    does: `${does} over HTTPS`,
    isHttps: true,
    request: { kind: 'operation', need: { action, resources } },
  })
  return [
    publish('get', `${base}/get`),
    publish('update', `${base}/update`),
    publish('delete', `${base}/delete`),
    ...heard('hear what is desired', `${base}/update/delta`),
    ...heard('hear answers to updates', `${base}/update/accepted`),
    operation('get', 'iot:GetThingShadow'),
    operation('update', 'iot:UpdateThingShadow'),
    operation('delete', 'iot:DeleteThingShadow'),
  ]
}

function jobRequests(thingName: string): readonly Asked[] {
  const base = `$aws/things/${thingName}/jobs`
  return [
    ...heard('hear of the next job', `${base}/notify-next`),
    publish('list', `${base}/get`),
    publish('start the next', `${base}/start-next`),
    publish('report on one', `${base}/a-job/update`),
    ...heard('hear answers to reports', `${base}/a-job/update/accepted`),
  ]
}

const publish = (does: string, topic: string): Asked => ({ does, request: { kind: 'publish', topic, retain: false } })

/** To hear, one must be allowed to subscribe and to receive. */
const heard = (does: string, topic: string): readonly Asked[] => [
  { does, request: { kind: 'subscribe', topicFilter: topic } },
  { does, request: { kind: 'receive', topic } },
]

/** What may be done, and what not: all of a thing that needs several requests must be allowed. */
function requestLines(
  asked: readonly Asked[],
  facts: AuthorizationFacts,
  policies: PolicySet,
  thingName: string,
): PermissionLine[] {
  const byName = new Map<string, PermissionLine>()
  const overHttps = policySetOverHttps(facts, policies)
  for (const { does, request, isHttps } of asked) {
    const context = requestContext(facts, isHttps ? undefined : thingName)
    const outcome = simulate(facts, isHttps ? overHttps : policies, context, request)
    const { allowed = [], denied = [], action = '', resource = '' } = outcome.deciding?.decision ?? {}
    const [statement] = denied.length > 0 ? denied : allowed
    const by = statement ? statementWords(statement, policies) : 'no statement allows it'
    const isAllowed = outcome.decision === 'ALLOWED'
    if (byName.get(does)?.kind === 'refused') continue
    byName.set(does, {
      kind: isAllowed ? 'allowed' : 'refused',
      text: does,
      why: isAllowed ? by : `${action} on ${resource.split(':').slice(5).join(':')}: ${by}`,
    })
  }
  return [...byName.values()]
}

function distinct(lines: readonly PermissionLine[]): PermissionLine[] {
  return [...new Map(lines.toReversed().map((line) => [line.text, line])).values()].toReversed()
}

/** With the thing's own name as a word of its own, so that two things can be compared. */
export const withoutName = (text: string, thingName: string): string =>
  text
    .split('/')
    .map((level) => (level === thingName ? OWN_NAME : level))
    .join('/')
