import { topicTypeOf } from '../../../../shared/decode/protobuf/topic-types.ts'
import type { FilterProblem, FilterRule, FilterTerm } from '../../protocol/filter.ts'
import type { MessageRing, RowCursor } from '../ring/message-ring.ts'
import type { TopicInterner } from '../ring/topic-interner.ts'
import { type ParsedTerm, parseFilter } from './parse-filter.ts'
import { pathTest } from './path-test.ts'
import { ruleOfFilter } from './rule-of-filter.ts'
import { sqlTest } from './sql-term.ts'
import { topicTest } from './topic-term.ts'
import { whyNothing } from './why-nothing.ts'

/** Whether a message row is shown. The seam for further filter languages: each compiles to one of these. */
export type RowPredicate = (row: RowCursor) => boolean

export interface RowFilter {
  readonly admits: RowPredicate
  /** Only the last so many ms are shown: what grows older leaves. */
  readonly lastMs?: number
  readonly terms: readonly FilterTerm[]
  readonly rule: FilterRule | undefined
  /** Sources of case-insensitive regular expressions. */
  readonly highlights: readonly string[]
  /** Where nothing was found: sentences on what may be meant otherwise than it is written. */
  readonly whyNothing: () => readonly string[]
}

const ENCODER = new TextEncoder()

/** What a filter text means, as the page may ask while it is typed. */
export function checkFilter(text: string, nowMs: number): { problem?: FilterProblem; terms: readonly FilterTerm[] } {
  const { terms, problem } = parseFilter(text, nowMs)
  return { terms: terms.map(withoutTest), ...(problem ? { problem } : {}) }
}

/** Compiles what stands in the filter field, for the rows of a ring; undefined for an empty one. */
export function compileRowFilter(
  text: string,
  ring: MessageRing,
  nowMs: number,
): RowFilter | { readonly problem: FilterProblem } | undefined {
  const { terms, problem } = parseFilter(text, nowMs)
  if (problem) return { problem }
  if (terms.length === 0) return undefined
  // Cheap ones first: a message that fails one is not asked the others.
  const predicates = terms
    .toSorted((a, b) => COST[a.language] - COST[b.language])
    .flatMap((term) => {
      const predicate = compileTerm(term, ring)
      if (!predicate) return []
      return [term.negated ? (row: RowCursor) => !predicate(row) : predicate]
    })
  const spans = terms.flatMap(({ test }) => (test.kind === 'last' ? [test.spanMs] : []))
  const [only] = predicates
  return {
    admits: predicates.length === 1 && only ? only : (row) => predicates.every((predicate) => predicate(row)),
    ...(spans.length > 0 ? { lastMs: Math.min(...spans) } : {}),
    terms: terms.map(withoutTest),
    rule: ruleOfFilter(terms),
    highlights: terms.flatMap(({ test, negated }) => (test.kind === 'pattern' && !negated ? [test.highlight] : [])),
    whyNothing: () => whyNothing(terms, ring.topics),
  }
}

const COST = { time: 0, topic: 1, text: 2, regex: 3, path: 4, sql: 5 } as const

function withoutTest({ language, from, to, negated }: ParsedTerm): FilterTerm {
  return { language, from, to, negated }
}

/** `last:` is no question to a row: the list drops its beginning as time goes on. */
function compileTerm({ test }: ParsedTerm, ring: MessageRing): RowPredicate | undefined {
  const { topics } = ring
  switch (test.kind) {
    case 'last':
      return undefined
    case 'time':
      return ({ receivedAtMs }) => receivedAtMs >= test.fromMs && receivedAtMs <= test.toMs
    case 'topic':
      return perTopic(topics, topicTest(test.filter))
    case 'pattern': {
      const { pattern } = test
      const inTopic = perTopic(topics, (topic) => pattern.test(ENCODER.encode(topic)))
      return (row) => inTopic(row) || pattern.test(row.bytes, row.start, row.end)
    }
    case 'sql': {
      const { term } = test
      const takes = perTopic(topics, (topic) => term.rule.topicFilter === undefined || term.rule.matchesTopic(topic))
      const holds = sqlTest(
        term,
        ({ topicId }) => topics.topicOf(topicId),
        (sequence) => ring.propertiesOf(sequence),
      )
      return (row) => takes(row) && holds(row)
    }
    case 'path': {
      const holds = pathTest(test.path, test.comparison)
      const isTyped = perTopic(topics, (topic) => topicTypeOf(topic) !== undefined)
      return (row) => {
        return holds(row.bytes, row.start, row.end, () => ring.hintAt(row), isTyped(row))
      }
    }
  }
}

/** Asked once for each topic, not for each message. A topic's number may come to mean another: the epoch tells. */
export function perTopic(topics: TopicInterner, test: (topic: string) => boolean): RowPredicate {
  let epochs = new Uint32Array(64)
  let answers = new Uint8Array(64)
  return ({ topicId }) => {
    if (topicId >= epochs.length) {
      const longer = Math.max(topicId + 1, epochs.length * 2)
      epochs = grown(epochs, new Uint32Array(longer))
      answers = grown(answers, new Uint8Array(longer))
    }
    const epoch = topics.epochOf(topicId)
    if (epochs[topicId] !== epoch) {
      epochs[topicId] = epoch
      answers[topicId] = test(topics.topicOf(topicId)) ? 1 : 0
    }
    return answers[topicId] === 1
  }
}

function grown<Column extends Uint32Array | Uint8Array>(column: Column, longer: Column): Column {
  longer.set(column)
  return longer
}
