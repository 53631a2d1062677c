import { type Logging, logsSuccesses, type RulePayload } from '@thingdeck/contract'
import { diagnoseSql, sqlVersionOf } from '@thingdeck/rules-sql'
import { formatCounted } from '../../../shared/format.ts'
import type { FailureWords } from '../../../shared/rule-failures/failure.ts'
import { conditionOf } from '../rule-statement.ts'

/** What CloudWatch counted of a rule in the span that is looked at; undefined: it has no point of it. */
export interface RuleCounted {
  readonly matched: number | undefined
  readonly executed: number | undefined
  readonly unparsed: number | undefined
  readonly succeeded: number | undefined
  readonly failed: number | undefined
  /** Of all rules of the account: messages that were not looked at, as there were too many. */
  readonly throttled: number | undefined
  /** Of Basic Ingest: messages to this rule while it was not there, or disabled. */
  readonly notFound: number | undefined
}

export type CheckState = 'right' | 'wrong' | 'not known'

/** Where a check leads on. */
export type CheckLink = 'enable' | 'live' | 'rehearsal' | 'edit' | 'failures' | 'logging' | 'metrics'

/** One of the things that have to hold for a rule to do something. */
export interface Check {
  readonly id: string
  /** The question. */
  readonly asks: string
  readonly state: CheckState
  /** The answer, a sentence or two. */
  readonly says: string
  readonly link?: CheckLink
}

export interface WhyFacts {
  readonly payload: RulePayload
  /** What FROM takes; undefined: the rule has none. */
  readonly topicFilter: string | undefined
  /** Undefined: it is read. */
  readonly logging: Logging | undefined
  /** Undefined: it is read, or CloudWatch cannot be read. */
  readonly counted: RuleCounted | undefined
  /** Why it is not known what was counted. */
  readonly whyNotCounted?: string | undefined
  /** The latest that the log has in the span. */
  readonly failure: FailureWords | undefined
  /** 'the last hour' */
  readonly span: string
}

/**
 * Why a rule may not have fired, in the order in which a message meets it: the first that is wrong is the answer.
 * @see AWS IoT developer guide, "Troubleshooting rules", "AWS IoT metrics and dimensions"
 */
export function whyChecks(facts: WhyFacts): readonly Check[] {
  return [enabled(facts), topicMatched(facts), readable(facts), condition(facts), acted(facts), logged(facts)]
}

/** CloudWatch has a minute's count some minutes later. */
const LATE = 'CloudWatch counts some minutes late.'

function enabled({ payload, counted }: WhyFacts): Check {
  const lost = counted?.notFound ?? 0
  const isDisabled = payload.ruleDisabled === true
  return {
    id: 'enabled',
    asks: 'Is it enabled?',
    state: isDisabled ? 'wrong' : 'right',
    says: isDisabled
      ? `It is disabled: no message reaches it.${lost > 0 ? ` ${formatCounted(lost, 'message')} of Basic Ingest came all the same, and are lost.` : ''}`
      : 'Yes.',
    ...(isDisabled && { link: 'enable' }),
  }
}

function topicMatched({ payload, counted, whyNotCounted, topicFilter, span }: WhyFacts): Check {
  const asks = 'Did a message come that FROM matches?'
  const throttled = counted?.throttled ?? 0
  if (!counted) return { id: 'topic', asks, state: 'not known', says: notCounted(whyNotCounted) }
  if ((counted.matched ?? 0) > 0) {
    return {
      id: 'topic',
      asks,
      state: 'right',
      says: `Yes: ${formatCounted(counted.matched ?? 0, 'message')} in ${span}.`,
    }
  }
  if (payload.ruleDisabled === true) {
    return {
      id: 'topic',
      asks,
      state: 'not known',
      says: 'Not known: what comes while a rule is disabled is not counted.',
    }
  }
  if (throttled > 0) {
    return {
      id: 'topic',
      asks,
      state: 'wrong',
      says: `AWS IoT throttled: ${formatCounted(throttled, 'time')} in ${span} the account's rules were to be evaluated more often in a second than the quota allows, and were not.`,
      link: 'metrics',
    }
  }
  const where =
    topicFilter === undefined
      ? 'It has no FROM: only Basic Ingest leads to it, by $aws/rules/ and its name.'
      : `No message of ${topicFilter} came in ${span}. Compare it with the topics that devices really publish to, level by level: case counts, and so does a slash at either end.${fromDoubts(topicFilter)}`
  return {
    id: 'topic',
    asks,
    state: 'wrong',
    says: `${where} ${LATE}`,
    ...(topicFilter !== undefined && { link: 'live' }),
  }
}

/** What is seldom meant in a FROM. */
function fromDoubts(topicFilter: string): string {
  if (/^\s|\s$/.test(topicFilter)) return ' It begins or ends with a blank.'
  if (topicFilter.startsWith('/')) return ' It begins with a slash: its first level is empty.'
  if (topicFilter.endsWith('/')) return ' It ends with a slash: its last level is empty.'
  if (/[*]/.test(topicFilter)) return ' A * is no wildcard: those are + for a level and # for the rest.'
  return ''
}

function readable({ counted, whyNotCounted, span }: WhyFacts): Check {
  const asks = 'Could the payload be read?'
  if (!counted) return { id: 'payload', asks, state: 'not known', says: notCounted(whyNotCounted) }
  const unparsed = counted.unparsed ?? 0
  if (unparsed > 0) {
    return {
      id: 'payload',
      asks,
      state: 'wrong',
      says: `${formatCounted(unparsed, 'message')} in ${span} had a payload that is no JSON: every field of it is undefined. Encode or decode it in the SQL, or let the device send JSON.`,
      link: 'rehearsal',
    }
  }
  return (counted.matched ?? 0) > 0
    ? { id: 'payload', asks, state: 'right', says: 'Yes: AWS IoT counted none that is no JSON.' }
    : { id: 'payload', asks, state: 'not known', says: 'No message came.' }
}

function condition({ payload, counted, whyNotCounted, failure, span }: WhyFacts): Check {
  const asks = 'Was WHERE true, and did SELECT have a result?'
  const doubts = sqlDoubts(payload)
  const where = conditionOf(payload.sql)
  if (failure?.kind === 'sql') {
    return {
      id: 'where',
      asks,
      state: 'wrong',
      says: `The SQL failed: ${failure.why} ${failure.cure}${doubts}`,
      link: 'rehearsal',
    }
  }
  const done = counted && (counted.executed ?? (counted.succeeded ?? 0) + (counted.failed ?? 0))
  if (done !== undefined && done > 0) {
    return {
      id: 'where',
      asks,
      state: 'right',
      says: `Yes, for ${formatCounted(done, 'message')} in ${span}.${doubts}`,
    }
  }
  if (!counted) {
    return { id: 'where', asks, state: 'not known', says: `${notCounted(whyNotCounted)}${doubts}`, link: 'rehearsal' }
  }
  if ((counted.matched ?? 0) === 0) {
    return { id: 'where', asks, state: 'not known', says: `No message came.${doubts}`, link: 'rehearsal' }
  }
  const says =
    where === undefined
      ? `SELECT had no result for any of ${formatCounted(counted.matched ?? 0, 'message')} in ${span}, or the SQL failed.`
      : `WHERE was false or undefined for all of ${formatCounted(counted.matched ?? 0, 'message')} in ${span}: ${where}. A field that a message does not have is undefined, and so is what is computed of it; a text is not equal to a number.`
  return {
    id: 'where',
    asks,
    state: 'wrong',
    says: `${says}${doubts} Rehearse it on real messages.`,
    link: 'rehearsal',
  }
}

/** What the SQL itself gives reason to doubt, in sentences that go on from others. */
function sqlDoubts({ sql, awsIotSqlVersion }: RulePayload): string {
  const version = sqlVersionOf(awsIotSqlVersion)
  const { errors, warnings } = diagnoseSql(sql, version)
  const found = [...errors, ...warnings].map(({ message }) => ` The SQL: ${message.replace(/\.?$/, '.')}`)
  const old =
    awsIotSqlVersion === undefined || awsIotSqlVersion === '2015-10-08'
      ? ' It is of the SQL version 2015-10-08, which reads arrays, nested objects and literals otherwise than 2016-03-23.'
      : ''
  return `${found.join('')}${old}`
}

function acted({ payload, counted, whyNotCounted, failure, span }: WhyFacts): Check {
  const asks = 'Did its actions succeed?'
  if (payload.actions.length === 0) {
    return { id: 'actions', asks, state: 'wrong', says: 'It has no action: it does nothing.', link: 'edit' }
  }
  const failed = counted?.failed ?? 0
  const told = failure?.kind === 'sql' ? undefined : failure
  if (failed > 0 || told) {
    const often = failed > 0 ? `${formatCounted(failed, 'time')} in ${span} an action failed. ` : ''
    return {
      id: 'actions',
      asks,
      state: 'wrong',
      says: `${often}${told ? `The latest: ${told.why} ${told.cure}` : 'The log does not have why.'}`,
      link: 'failures',
    }
  }
  if (!counted) return { id: 'actions', asks, state: 'not known', says: notCounted(whyNotCounted) }
  return (counted.succeeded ?? 0) > 0
    ? { id: 'actions', asks, state: 'right', says: `Yes, ${formatCounted(counted.succeeded ?? 0, 'time')} in ${span}.` }
    : { id: 'actions', asks, state: 'not known', says: 'None ran.' }
}

function logged({ logging }: WhyFacts): Check {
  const asks = 'Would the log tell?'
  if (!logging) return { id: 'log', asks, state: 'not known', says: 'Reading how AWS IoT logs…' }
  if (logging.status !== 'on' || logging.defaultLogLevel === 'DISABLED') {
    return {
      id: 'log',
      asks,
      state: 'wrong',
      says: 'No: AWS IoT logs nothing, so that what fails is counted and not told.',
      link: 'logging',
    }
  }
  if (logsSuccesses(logging.defaultLogLevel)) {
    return { id: 'log', asks, state: 'right', says: 'Yes: matches, successes and failures.' }
  }
  return {
    id: 'log',
    asks,
    state: 'not known',
    says: `Failures alone: at ${logging.defaultLogLevel ?? 'its level'} neither a match nor a success is logged.`,
    link: 'logging',
  }
}

const notCounted = (why: string | undefined): string =>
  why === undefined ? 'Reading what CloudWatch counted…' : `Not known: ${why}.`

/** The first that is wrong: why it has not fired. Undefined: nothing is known to be. */
export const firstWrong = (checks: readonly Check[]): Check | undefined =>
  checks.find(({ id, state }) => state === 'wrong' && id !== 'log')
