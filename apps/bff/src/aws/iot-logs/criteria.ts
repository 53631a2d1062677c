import type { IotLogCriteria, IotLogEntry } from '@thingdeck/contract'
import { matches } from '@thingdeck/topics'

/** CloudWatch Logs API reference, FilterLogEvents. */
const MAX_PATTERN_LENGTH = 1_024

/** What entries have to be, of which some may be one of several. */
export interface IotLogCriteriaWithChoices extends IotLogCriteria {
  /** Of each of these, one at least has to hold. */
  readonly either?: readonly (readonly IotLogCriteria[])[]
}

/**
 * The filter pattern that leaves at least what the criteria mean; what it leaves too much, {@link meets} takes away.
 * Undefined: everything. A pattern has no escape for `*`, and how it escapes other signs is not said: these are put as
 * `*`, which stands for any run of characters. A test that would make the pattern longer than AWS takes is left out.
 * @see Amazon CloudWatch Logs user guide, "Filter pattern syntax for metric filters …"
 */
export function filterPatternOf(criteria: IotLogCriteriaWithChoices): string | undefined {
  const tests = testsOf(criteria)
  if (tests.length === 0) return criteria.text === undefined ? undefined : termOf(criteria.text)
  let pattern = ''
  for (const test of tests) {
    const longer = pattern === '' ? test : `${pattern} && ${test}`
    if (longer.length + '{  }'.length <= MAX_PATTERN_LENGTH) pattern = longer
  }
  return pattern === '' ? undefined : `{ ${pattern} }`
}

/** The most selective first: they stay in when not all do. */
function testsOf(criteria: IotLogCriteriaWithChoices): readonly string[] {
  const { either = [], traceId, clientId, principalId, sourceIp, ruleName, topic, thingName, reason } = criteria
  return [
    traceId !== undefined && is('traceId', traceId),
    clientId !== undefined && is('clientId', clientId),
    ruleName !== undefined && is('ruleName', ruleName),
    criteria.status !== undefined && is('status', criteria.status),
    reason !== undefined && anyOf([is('reason', reason), is('disconnectReason', reason)]),
    principalId !== undefined && is('principalId', principalId),
    sourceIp !== undefined && is('sourceIp', sourceIp),
    // Filters of a Subscribe stand in one text, joined by commas.
    topic !== undefined && `$.topicName = ${quoted(topic, { before: '*', after: '*', wild: '+#' })}`,
    thingName !== undefined &&
      anyOf([
        is('clientId', thingName),
        is('deviceShadowName', thingName),
        is('thingName', thingName),
        `$.topicName = ${quoted(`$aws/things/${thingName}/`, { after: '*' })}`,
      ]),
    ...either.map(choiceOf),
    oneOf('eventType', criteria.eventTypes),
    oneOf('logLevel', criteria.levels),
  ].filter((test) => typeof test === 'string')
}

/** A choice of which one has no test leaves everything. */
function choiceOf(choice: readonly IotLogCriteria[]): string | false {
  const tests = choice.map(testsOf)
  return tests.length > 0 && tests.every(({ length }) => length > 0) && anyOf(tests.map(allOf))
}

const allOf = (tests: readonly string[]): string => (tests.length === 1 ? (tests[0] ?? '') : `(${tests.join(' && ')})`)

const is = (member: string, value: string): string => `$.${member} = ${quoted(value)}`

const anyOf = (tests: readonly string[]): string => (tests.length === 1 ? (tests[0] ?? '') : `(${tests.join(' || ')})`)

const oneOf = (member: string, values: readonly string[] = []): string | false =>
  values.length > 0 && anyOf(values.map((value) => is(member, value)))

/** A text in quotes, in which what a pattern may read otherwise, and the characters of `wild`, are any run of characters. */
function quoted(text: string, { before = '', after = '', wild = '' } = {}): string {
  const plain = [...text].map((character) => (isPlain(character) && !wild.includes(character) ? character : '*'))
  return `"${`${before}${plain.join('')}${after}`.replaceAll(/\*+/g, '*')}"`
}

const isPlain = (character: string): boolean => /^[\x20-\x7e]$/.test(character) && !'"\\*%'.includes(character)

/** A phrase that occurs in the message; a phrase knows no `*`: one that is not plain is looked for afterwards alone. */
const termOf = (text: string): string | undefined =>
  [...text].every(isPlain) && /[A-Za-z0-9]/.test(text) ? `"${text}"` : undefined

/** Whether an entry is what the criteria mean, exactly. */
export function meets(entry: IotLogEntry, criteria: IotLogCriteriaWithChoices): boolean {
  const { either = [], topic, thingName, reason, eventTypes = [], levels = [], text } = criteria
  const equals = (name: 'clientId' | 'traceId' | 'principalId' | 'sourceIp' | 'ruleName' | 'status') =>
    criteria[name] === undefined || entry[name] === criteria[name]
  return (
    equals('clientId') &&
    equals('traceId') &&
    equals('principalId') &&
    equals('sourceIp') &&
    equals('ruleName') &&
    equals('status') &&
    (reason === undefined || entry.reason === reason || entry.disconnectReason === reason) &&
    (topic === undefined || isAbout(entry.topicName, topic)) &&
    (thingName === undefined || isOfThing(entry, thingName)) &&
    (eventTypes.length === 0 || eventTypes.includes(entry.eventType ?? '')) &&
    (levels.length === 0 || levels.some((level) => level === entry.logLevel)) &&
    (text === undefined || entry.message.includes(text)) &&
    either.every((choice) => choice.some((each) => meets(entry, each)))
  )
}

/** A topic of its own may hold a comma: the whole of it counts as well as its parts. */
const isAbout = (topicName: string | undefined, topic: string): boolean =>
  topicName !== undefined && [topicName, ...topicName.split(',')].some((each) => each === topic || matches(topic, each))

const isOfThing = ({ clientId, thingName, topicName = '' }: IotLogEntry, name: string): boolean =>
  clientId === name || thingName === name || topicName.startsWith(`$aws/things/${name}/`)
