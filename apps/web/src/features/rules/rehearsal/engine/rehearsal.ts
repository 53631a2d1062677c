import { Answers, environmentOf, type RuleServices } from '@thingdeck/rules-sql'
import type {
  DecisionLine,
  RehearsalDetail,
  RehearsalMessage,
  RehearsalRow,
  RehearsalRules,
  RehearsalView,
  RowFilter,
  SqlProblem,
} from '../protocol.ts'
import { detailOf } from './decision-detail.ts'
import { type KeptMessage, KeptMessages } from './kept-messages.ts'
import { type Decision, RehearsedSide, sideOf } from './rehearsed-side.ts'
import { TermTally } from './term-tally.ts'

/** Messages that wait for their turn; what comes beyond is dropped, and counted. */
const MOST_WAITING = 5_000
/** A turn of work, after which others are heard. */
const TURN_MS = 12
const NOTHING = { decided: 0, matched: 0, notMatched: 0, otherTopic: 0, failed: 0, different: 0 }

export interface RehearsalParts {
  readonly nowMs: () => number
  /** Resolves when others have had their turn. */
  readonly yieldTurn: () => Promise<void>
  /** There is something new to be seen. */
  readonly onChange: () => void
}

/** Runs a rule, and beside it the deployed one, on messages as they come; and on all that is kept when it changes. */
export class Rehearsal {
  readonly #parts: RehearsalParts
  readonly #kept = new KeptMessages()
  #waiting: KeptMessage[] = []
  #dropped = 0
  #lastId = 0
  #rules: RehearsalRules | undefined
  #draft: RehearsedSide | SqlProblem | undefined
  #deployed: RehearsedSide | SqlProblem | undefined
  #answers = new Answers([])
  #counts = NOTHING
  #tally = new TermTally()
  #shown: { readonly filter: RowFilter; readonly count: number } = { filter: 'all', count: 50 }
  #isWorking = false
  /** Counts the rules: work for older ones is void. */
  #generation = 0

  constructor(parts: RehearsalParts) {
    this.#parts = parts
  }

  /** Decides all that is kept anew. */
  setRules(rules: RehearsalRules): void {
    this.#generation += 1
    this.#rules = rules
    this.#draft = sideOf(rules.draft, rules.ruleName)
    this.#deployed = rules.deployed && sideOf(rules.deployed, rules.ruleName)
    this.#answers = new Answers(rules.answers)
    this.#counts = NOTHING
    this.#tally = new TermTally()
    const waiting = new Set(this.#waiting)
    const kept = this.#kept.all.filter((each) => !waiting.has(each))
    for (const each of kept) {
      each.draft = undefined
      each.deployed = undefined
    }
    this.#waiting = [...kept, ...this.#waiting]
    this.#parts.onChange()
    void this.#work()
  }

  add(messages: readonly RehearsalMessage[], dropped: number): void {
    this.#dropped += dropped
    for (const message of messages) {
      if (this.#waiting.length >= MOST_WAITING) {
        this.#dropped += 1
        continue
      }
      this.#lastId += 1
      const kept: KeptMessage = { id: this.#lastId, message }
      this.#kept.add(kept)
      this.#waiting.push(kept)
    }
    this.#parts.onChange()
    void this.#work()
  }

  clear(): void {
    this.#generation += 1
    this.#kept.clear()
    this.#waiting = []
    this.#dropped = 0
    this.#counts = NOTHING
    this.#tally = new TermTally()
    this.#answers = new Answers(this.#rules?.answers ?? [])
    this.#parts.onChange()
  }

  /** Whether the draft's FROM takes the topic. */
  takes(topic: string): boolean {
    return this.#draft instanceof RehearsedSide && this.#draft.takes(topic)
  }

  /** Whether more can be taken without dropping any. */
  get hasRoom(): boolean {
    return this.#waiting.length < MOST_WAITING / 2
  }

  show(filter: RowFilter, count: number): void {
    this.#shown = { filter, count }
    this.#parts.onChange()
  }

  get view(): RehearsalView {
    const { filter, count } = this.#shown
    const rows = this.#kept.all.filter((kept) => passes(kept, filter)).toReversed()
    const { different, ...counts } = this.#counts
    const problem = this.#draft instanceof RehearsedSide ? undefined : this.#draft
    const deployedProblem = this.#deployed instanceof RehearsedSide ? undefined : this.#deployed?.message
    return {
      ...(problem && { problem }),
      ...(deployedProblem !== undefined && { deployedProblem }),
      counts: {
        ...counts,
        waiting: this.#waiting.length,
        dropped: this.#dropped,
        kept: this.#kept.all.length,
        ...(this.#deployed instanceof RehearsedSide && { different }),
      },
      marks: problem ? [] : this.#tally.marks,
      asked: this.#answers.asked,
      run: `${this.#generation} ${filter}`,
      rows: rows.slice(0, count).flatMap(rowOf),
      moreRows: Math.max(0, rows.length - count),
    }
  }

  async detail(id: number): Promise<RehearsalDetail | undefined> {
    const kept = this.#kept.find(id)
    const rules = this.#rules
    if (!kept || !rules || !(this.#draft instanceof RehearsedSide)) return undefined
    const { message } = kept
    const [draft, deployed] = [this.#draft, this.#deployed]
    return {
      id,
      message,
      draft: await detailOf(draft, message, rules, this.#environment(kept)),
      ...(deployed instanceof RehearsedSide && {
        deployed: await detailOf(deployed, message, rules, this.#environment(kept)),
      }),
    }
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return
    this.#isWorking = true
    try {
      for (let turnMs = this.#parts.nowMs(); this.#waiting.length > 0; ) {
        if (!(this.#draft instanceof RehearsedSide)) return
        const batch = this.#waiting.splice(0, 64)
        for (const [index, kept] of batch.entries()) {
          const generation = this.#generation
          await this.#decide(kept, this.#draft)
          if (generation !== this.#generation) {
            // The rules are others now: these have their turn again, unless all was taken away.
            const isKept = new Set(this.#kept.all)
            const again = batch.slice(index + 1).filter((each) => isKept.has(each) && !this.#waiting.includes(each))
            this.#waiting = [...again, ...this.#waiting]
            break
          }
        }
        this.#parts.onChange()
        if (this.#parts.nowMs() - turnMs < TURN_MS) continue
        await this.#parts.yieldTurn()
        turnMs = this.#parts.nowMs()
      }
    } finally {
      this.#isWorking = false
    }
  }

  async #decide(kept: KeptMessage, side: RehearsedSide): Promise<void> {
    const generation = this.#generation
    const draft = await side.decide(kept.message, this.#environment(kept))
    const deployed =
      this.#deployed instanceof RehearsedSide
        ? await this.#deployed.decide(kept.message, this.#environment(kept))
        : undefined
    if (generation !== this.#generation) return
    const isDifferent = deployed !== undefined && !isSame(draft, deployed)
    kept.draft = lineOf(draft)
    kept.deployed = isDifferent ? lineOf(deployed) : undefined
    const { decided, matched, notMatched, otherTopic, failed, different } = this.#counts
    this.#counts = {
      decided: decided + 1,
      matched: matched + Number(draft.kind === 'matched'),
      notMatched: notMatched + Number(draft.kind === 'no match'),
      otherTopic: otherTopic + Number(draft.kind === 'other topic'),
      failed: failed + Number(draft.kind === 'failed'),
      different: different + Number(isDifferent),
    }
    if (draft.explanation) this.#tally.add(draft.explanation)
  }

  #environment({ id }: KeptMessage) {
    const services: RuleServices = this.#answers.services
    return environmentOf(this.#rules?.account.id ?? '', id, services)
  }
}

const lineOf = ({ kind, words }: Decision): DecisionLine => ({ kind, words })

/** Of what does not match it does not matter why: neither does anything. */
function isSame(draft: Decision, deployed: Decision): boolean {
  const isIdle = ({ kind }: Decision) => kind === 'no match' || kind === 'other topic'
  if (isIdle(draft) && isIdle(deployed)) return true
  if (draft.kind !== deployed.kind) return false
  return draft.output !== undefined && deployed.output !== undefined
    ? draft.output.length === deployed.output.length && draft.output.every((byte, at) => byte === deployed.output?.[at])
    : draft.words === deployed.words
}

function passes({ draft, deployed }: KeptMessage, filter: RowFilter): boolean {
  if (!draft) return false
  if (filter === 'different') return deployed !== undefined
  return filter === 'all' || (draft.kind === 'matched') === (filter === 'matched')
}

const rowOf = ({ id, message: { source, topic, receivedAtMs }, draft, deployed }: KeptMessage): RehearsalRow[] =>
  draft ? [{ id, source, topic, receivedAtMs, draft, ...(deployed && { deployed }) }] : []
