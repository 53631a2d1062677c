import { Answers, environmentOf, formatStatement, type RuleServices } from '@thingdeck/rules-sql'
import type {
  DecisionLine,
  RehearsalDetail,
  RehearsalMessage,
  RehearsalRow,
  RehearsalRules,
  RehearsalView,
  RehearsedRule,
  RowFilter,
  SqlProblem,
} from '../protocol.ts'
import { detailOf } from './decision-detail.ts'
import { type KeptMessage, KeptMessages } from './kept-messages.ts'
import { matchedOf } from './matched.ts'
import { type Decision, RehearsedSide, sideOf } from './rehearsed-side.ts'
import { sentOtherwise, unlikeActions } from './sent-otherwise.ts'
import { SideActions } from './side-actions.ts'
import { TermTally } from './term-tally.ts'

/** Messages that wait for their turn; what comes beyond is dropped, and counted. */
const MOST_WAITING = 5_000
/** A turn of work, after which others are heard. */
const TURN_MS = 12
const NOTHING = { decided: 0, matched: 0, notMatched: 0, otherTopic: 0, failed: 0, different: 0, sentOtherwise: 0 }

export interface RehearsalParts {
  readonly nowMs: () => number
  /** Resolves when others have had their turn. */
  readonly yieldTurn: () => Promise<void>
  /** There is something new to be seen. */
  readonly onChange: () => void
}

/** Runs a rule, and beside it what it is compared with, on messages as they come; and on all that is kept when it changes. */
export class Rehearsal {
  readonly #parts: RehearsalParts
  readonly #kept = new KeptMessages()
  #waiting: KeptMessage[] = []
  #dropped = 0
  #lastId = 0
  #rules: RehearsalRules | undefined
  #draft: RunSide | SqlProblem | undefined
  #compared: RunSide | SqlProblem | undefined
  /** Whether actions may send otherwise what both make the same of a message. */
  #maySendOtherwise = false
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
    this.#draft = runSideOf(rules.draft, rules)
    this.#compared = rules.compared && runSideOf(rules.compared, rules)
    const sides = [this.#draft, this.#compared].filter(isRun)
    this.#maySendOtherwise = new Set(sides.map(whatSends)).size > 1
    this.#answers = new Answers(rules.answers)
    this.#counts = NOTHING
    this.#tally = new TermTally()
    const waiting = new Set(this.#waiting)
    const kept = this.#kept.all.filter((each) => !waiting.has(each))
    for (const each of kept) {
      each.draft = undefined
      each.compared = undefined
      each.sentOtherwise = undefined
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
    return isRun(this.#draft) && this.#draft.side.takes(topic)
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
    const { different, sentOtherwise: otherwise, ...counts } = this.#counts
    const problem = isRun(this.#draft) ? undefined : this.#draft
    const comparedProblem = isRun(this.#compared) ? undefined : this.#compared?.message
    return {
      ...(problem && { problem }),
      ...(comparedProblem !== undefined && { comparedProblem }),
      counts: {
        ...counts,
        waiting: this.#waiting.length,
        dropped: this.#dropped,
        kept: this.#kept.all.length,
        ...(isRun(this.#compared) && { different, sentOtherwise: otherwise }),
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
    if (!kept || !rules || !isRun(this.#draft)) return undefined
    const message = this.#known(kept)
    const environment = () => this.#environment(kept)
    const detail = ({ side, actions }: RunSide) => detailOf(side, actions, message, environment)
    const [draft, compared] = [this.#draft, this.#compared]
    return {
      id,
      message,
      draft: await detail(draft),
      ...(isRun(compared) && { compared: await detail(compared) }),
    }
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return
    this.#isWorking = true
    try {
      for (let turnMs = this.#parts.nowMs(); this.#waiting.length > 0; ) {
        if (!isRun(this.#draft)) return
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

  async #decide(kept: KeptMessage, run: RunSide): Promise<void> {
    const generation = this.#generation
    const message = this.#known(kept)
    const draft = await run.side.decide(message, this.#environment(kept))
    const other = isRun(this.#compared) ? this.#compared : undefined
    const compared = await other?.side.decide(message, this.#environment(kept))
    const isDifferent = compared !== undefined && !isSame(draft, compared)
    const otherwise =
      other && compared && this.#maySendOtherwise && !isDifferent
        ? await this.#sentOtherwise(kept, [run, draft], [other, compared])
        : []
    if (generation !== this.#generation) return
    kept.draft = lineOf(draft)
    kept.compared = isDifferent ? lineOf(compared) : undefined
    kept.sentOtherwise = otherwise.length > 0 ? otherwise : undefined
    const { decided, matched, notMatched, otherTopic, failed, different, sentOtherwise: sent } = this.#counts
    this.#counts = {
      decided: decided + 1,
      matched: matched + Number(draft.kind === 'matched'),
      notMatched: notMatched + Number(draft.kind === 'no match'),
      otherTopic: otherTopic + Number(draft.kind === 'other topic'),
      failed: failed + Number(draft.kind === 'failed'),
      different: different + Number(isDifferent),
      sentOtherwise: sent + Number(otherwise.length > 0),
    }
    if (draft.explanation) this.#tally.add(draft.explanation)
  }

  /** What actions would send otherwise for a message of which both make the same. */
  async #sentOtherwise(
    kept: KeptMessage,
    ...[draft, compared]: readonly [readonly [RunSide, Decision], readonly [RunSide, Decision]]
  ): Promise<readonly string[]> {
    const [one, other] = [draft, compared].map(([{ side, actions }, decision]) => {
      const matched = matchedOf(side, decision, this.#known(kept), this.#environment(kept))
      return matched && actions.sent(matched)
    })
    return one && other ? sentOtherwise(unlikeActions(await one, await other)) : []
  }

  /** The message with what is taken to be known of its sender. */
  #known({ message }: KeptMessage): RehearsalMessage {
    const { clientId, principal, sourceIp } = this.#rules?.sender ?? {}
    return {
      ...message,
      clientId: message.clientId ?? clientId,
      principal: message.principal ?? principal,
      sourceIp: message.sourceIp ?? sourceIp,
    }
  }

  #environment({ id }: KeptMessage) {
    const services: RuleServices = this.#answers.services
    return environmentOf(this.#rules?.account.id ?? '', id, services)
  }
}

/** A rule that is run, with its actions. */
interface RunSide {
  readonly side: RehearsedSide
  readonly actions: SideActions
}

function runSideOf(rule: RehearsedRule, rules: RehearsalRules): RunSide | SqlProblem {
  const side = sideOf(rule, rules.ruleName)
  return side instanceof RehearsedSide ? { side, actions: new SideActions(side, rules) } : side
}

const isRun = (side: RunSide | SqlProblem | undefined): side is RunSide => side !== undefined && 'side' in side

/** All that decides what is sent for a message that matched, whatever FROM and WHERE are. */
function whatSends({ side: { rule, sql } }: RunSide): string {
  const made = formatStatement({ ...sql.statement, source: undefined, where: undefined })
  return JSON.stringify([made, rule.awsIotSqlVersion, rule.actions])
}

const lineOf = ({ kind, words }: Decision): DecisionLine => ({ kind, words })

/** Of what does not match it does not matter why: neither does anything. */
function isSame(draft: Decision, compared: Decision): boolean {
  const isIdle = ({ kind }: Decision) => kind === 'no match' || kind === 'other topic'
  if (isIdle(draft) && isIdle(compared)) return true
  if (draft.kind !== compared.kind) return false
  return draft.output !== undefined && compared.output !== undefined
    ? draft.output.length === compared.output.length && draft.output.every((byte, at) => byte === compared.output?.[at])
    : draft.words === compared.words
}

function passes({ draft, compared, sentOtherwise: otherwise }: KeptMessage, filter: RowFilter): boolean {
  if (!draft) return false
  if (filter === 'different') return compared !== undefined || otherwise !== undefined
  return filter === 'all' || (draft.kind === 'matched') === (filter === 'matched')
}

const rowOf = ({ id, message, draft, compared, sentOtherwise: otherwise }: KeptMessage): RehearsalRow[] => {
  const { source, topic, receivedAtMs } = message
  if (!draft) return []
  return [
    {
      id,
      source,
      topic,
      receivedAtMs,
      draft,
      ...(compared && { compared }),
      ...(otherwise && { sentOtherwise: otherwise }),
    },
  ]
}
