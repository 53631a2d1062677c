import type {
  BulkChange,
  BulkChangeCertificates,
  BulkChangeList,
  BulkChangeOutcome,
  BulkChangeRequest,
  BulkChangeResults,
} from '@thingdeck/contract'
import type { Clock } from '../../clock.ts'
import { Problem } from '../../problem.ts'
import { BegunBefore, checkSameRequest, fingerprintOf } from './begun-before.ts'
import type { BulkChangeEngine } from './engine/bulk-change-engine.ts'
import type { BulkChangeSource, BulkChangeStore } from './engine/bulk-change-store.ts'
import {
  type BulkChangeStarter,
  isOver,
  type KeptBulkChange,
  type KeptLine,
  resultOf,
  summaryOf,
} from './engine/kept-bulk-change.ts'
import type { Kinds } from './kinds/kinds.ts'
import { checkNotBeingMade, isMaking, linesOfNewThings } from './new-things.ts'
import { checkCanBeUndone, checkNotNotedAsUndone, checkNotUndone, isLeft, nothingLeft } from './what-is-left.ts'

/** At once, of all people of an account. Each asks AWS up to 100 times a second. */
export const MOST_RUNNING = 10

export interface BulkChangesParts {
  readonly store: BulkChangeStore
  readonly engine: Pick<BulkChangeEngine, 'live' | 'look'>
  readonly kinds: Kinds
  readonly clock: Clock
  readonly newId: () => string
}

interface ResultPage {
  readonly outcome?: BulkChangeOutcome | undefined
  readonly offset: number
  readonly limit: number
}

/** Since it was looked whether somebody makes the same things, another one was begun. */
class BegunMeanwhile extends Error {}

/** What people ask for: they say what they want of a bulk change, and the engine does it, wherever it runs. */
export class BulkChanges {
  readonly #parts: BulkChangesParts

  constructor(parts: BulkChangesParts) {
    this.#parts = parts
  }

  /**
   * Once for each token, whoever asks again: new things would have two certificates, devices two commands.
   * @throws {Problem} BAD_REQUEST of what AWS would refuse for every target, TOO_MANY_BULK_CHANGES when so many run
   *   already, NAME_TAKEN of new things that another one makes, TOKEN_USED where its token was another request's,
   *   STORE_UNAVAILABLE when it cannot be kept: nothing was begun then
   */
  async start(request: BulkChangeRequest, starter: BulkChangeStarter): Promise<BulkChange> {
    this.#parts.kinds.check(request.change)
    const isTags = request.change.kind === 'tags'
    if (isTags !== 'resourceArns' in request.targets)
      throw new Problem(
        'BAD_REQUEST',
        isTags
          ? 'Tags are of resources that AWS IoT gives tags to: name them by resourceArns. Things have none.'
          : `A change of kind ${request.change.kind} is of things: name them, a group, a filter or a query.`,
      )
    const isCreate = request.change.kind === 'create'
    if (isCreate !== 'newThings' in request.targets)
      throw new Problem('BAD_REQUEST', 'New things (newThings) are what a change of kind create is of, and no other.')
    if (request.change.kind !== 'create' || !('newThings' in request.targets))
      return this.#create(request, { targets: request.targets }, starter)
    return this.#create(request, { lines: linesOfNewThings(request.change, request.targets.newThings) }, starter)
  }

  async #create(
    asked: BulkChangeRequest,
    source: BulkChangeSource,
    starter: BulkChangeStarter,
    more: Partial<BulkChange> = {},
    check: (others: readonly BulkChange[]) => void = () => {},
  ): Promise<BulkChange> {
    const { store, engine, newId, clock } = this.#parts
    const { targets, confirmedCount, ...request } = asked
    const now = new Date(clock.nowMs()).toISOString()
    const lines = 'lines' in source ? source.lines : []
    const isNamed = 'lines' in source || 'thingNames' in targets || 'resourceArns' in targets
    const bulkChange: BulkChange = {
      bulkChangeId: newId(),
      request: { ...request, ...(!isNamed && { targets }) },
      startedBy: starter.person.name,
      startedAt: now,
      state: 'lines' in source ? 'running' : 'finding-things',
      ...summaryOf(lines),
      ...more,
    }
    const { clientRequestToken } = request
    const head = {
      bulkChange,
      starter,
      wanted: 'go' as const,
      workedAt: now,
      ...(confirmedCount !== undefined && { confirmedCount }),
      ...(clientRequestToken !== undefined && { fingerprint: fingerprintOf(asked) }),
    }
    const making = isMaking(bulkChange) ? await checkNotBeingMade(store, lines, clientRequestToken) : undefined
    const checkAll = (others: readonly BulkChange[]) => {
      const before = others.find((other) => other.request.clientRequestToken === clientRequestToken)
      if (before && clientRequestToken !== undefined) throw new BegunBefore(before.bulkChangeId)
      check(others)
      const isLate = making && others.some((other) => isMaking(other) && !making.has(other.bulkChangeId))
      if (isLate) throw new BegunMeanwhile()
      if (others.filter((each) => !isOver(each)).length >= MOST_RUNNING)
        throw new Problem(
          'TOO_MANY_BULK_CHANGES',
          `${MOST_RUNNING} bulk changes are running or paused, which is as many as may be at once: wait for one to end, or cancel one.`,
        )
    }
    try {
      await store.create(head, source, checkAll)
    } catch (error) {
      if (error instanceof BegunBefore) {
        checkSameRequest(await this.#head(error.bulkChangeId), asked)
        return this.find(error.bulkChangeId)
      }
      if (error instanceof BegunMeanwhile) return this.#create(asked, source, starter, more, check)
      throw error
    }
    await engine.look(bulkChange.bulkChangeId)
    return bulkChange
  }

  async list(): Promise<BulkChangeList> {
    const { store, engine } = this.#parts
    const kept = await store.list()
    return {
      bulkChanges: kept.map((bulkChange) => engine.live(bulkChange.bulkChangeId) ?? bulkChange),
      lasts: store.lasts,
    }
  }

  /** @throws {Problem} NOT_FOUND */
  async find(bulkChangeId: string): Promise<BulkChange> {
    return this.#parts.engine.live(bulkChangeId) ?? (await this.#head(bulkChangeId)).bulkChange
  }

  /** @throws {Problem} NOT_FOUND */
  async results(bulkChangeId: string, { outcome, offset, limit }: ResultPage): Promise<BulkChangeResults> {
    const { store } = this.#parts
    const head = await this.#head(bulkChangeId)
    if (outcome === undefined)
      return { results: (await store.page(head, offset, limit)).map(resultOf), total: head.bulkChange.total }
    const all = (await store.lines(head)).filter((line) => line.outcome === outcome)
    return { results: all.slice(offset, offset + limit).map(resultOf), total: all.length }
  }

  /** @throws {Problem} NOT_FOUND */
  async certificates(bulkChangeId: string, offset: number, limit: number): Promise<BulkChangeCertificates> {
    const head = await this.#head(bulkChangeId)
    const lines = await this.#parts.store.page(head, offset, limit)
    const certificates = lines.flatMap(({ target: thingName, made }) =>
      made?.certificate ? [{ thingName, ...made.certificate }] : [],
    )
    return { certificates, total: head.bulkChange.total }
  }

  /** What is under way is finished; nothing more begins until it is told to go on. */
  pause(bulkChangeId: string): Promise<BulkChange> {
    return this.#want(bulkChangeId, 'pause')
  }

  resume(bulkChangeId: string): Promise<BulkChange> {
    return this.#want(bulkChangeId, 'go')
  }

  /** What is under way is finished; nothing more begins. */
  cancel(bulkChangeId: string): Promise<BulkChange> {
    return this.#want(bulkChangeId, 'cancel')
  }

  async #want(bulkChangeId: string, wanted: KeptBulkChange['wanted']): Promise<BulkChange> {
    const { store, engine } = this.#parts
    await this.#head(bulkChangeId)
    await store.changeHead(bulkChangeId, (kept) =>
      // What somebody cancelled does not go on.
      isOver(kept.bulkChange) || kept.wanted === 'cancel' ? kept : { ...kept, wanted },
    )
    await engine.look(bulkChangeId)
    return this.find(bulkChangeId)
  }

  /**
   * Those that failed or had no turn once more. What was under way when it came to its end is looked at first. One that was
   * undone stays so: what it changed after that, no undo would put back.
   * @throws {Problem} NOT_FOUND, NOTHING_LEFT where it still runs, there are none, or it was undone, or NAME_TAKEN of new
   *   things that another one makes
   */
  async retry(bulkChangeId: string): Promise<BulkChange> {
    const { store, engine } = this.#parts
    const head = await this.#head(bulkChangeId)
    checkNotNotedAsUndone(head)
    const left = (await store.lines(head)).filter(isLeft)
    if (!isOver(head.bulkChange) || left.length === 0) throw nothingLeft(bulkChangeId, 'retry')
    const { change, dryRun } = head.bulkChange.request
    if (change.kind === 'create' && !dryRun) await checkNotBeingMade(store, left, undefined)
    await this.#reopen(bulkChangeId)
    await store.changeLines(head, (line) => {
      if (line.outcome !== 'failed' && line.outcome !== 'cancelled') return undefined
      const { code: _, message: __, ...rest } = line
      return { ...rest, outcome: 'waiting' }
    })
    const summary = summaryOf(await store.lines(head))
    const after = await store.changeHead(bulkChangeId, ({ bulkChange, ...kept }) => ({
      ...kept,
      wanted: 'go',
      bulkChange: { ...bulkChange, ...summary, state: 'running' },
    }))
    await engine.look(bulkChangeId)
    return (after ?? head).bulkChange
  }

  /**
   * Makes one that is over one that is paused: nobody works on it while its lines change, and nobody undoes it.
   * @throws {Problem} NOTHING_LEFT where somebody else did so meanwhile, or undid it
   */
  async #reopen(bulkChangeId: string): Promise<void> {
    const { store } = this.#parts
    const over: KeptBulkChange[] = []
    await store.changeHead(bulkChangeId, (kept) => {
      over.splice(0, over.length, ...(isOver(kept.bulkChange) ? [kept] : []))
      const { endedAt: _, ...bulkChange } = kept.bulkChange
      return over.length > 0 ? { ...kept, wanted: 'pause', bulkChange: { ...bulkChange, state: 'paused' } } : kept
    })
    const [before] = over
    if (!before) throw nothingLeft(bulkChangeId, 'retry')
    const { wanted } = before
    const { state, endedAt } = before.bulkChange
    try {
      // Whoever began to undo it before that is in the list, and nobody begins to after it.
      checkNotUndone(bulkChangeId, await store.list())
    } catch (error) {
      // Whoever undoes it may have noted that meanwhile.
      await store.changeHead(bulkChangeId, (kept) => ({
        ...kept,
        wanted,
        bulkChange: { ...kept.bulkChange, state, ...(endedAt !== undefined && { endedAt }) },
      }))
      throw error
    }
  }

  /**
   * What a dry run found would change, as a bulk change of its own.
   * Once, however many people ask for it at the same time: a command must not be sent twice.
   * @throws {Problem} NOT_FOUND, NAME_TAKEN of new things that another one makes, or NOTHING_LEFT where it is no dry run that
   *   has ended, nothing would change, it was done, or was the dry run of an undo that somebody did without it, or of one that
   *   somebody went on with since
   */
  async apply(bulkChangeId: string, starter: BulkChangeStarter): Promise<BulkChange> {
    const { store } = this.#parts
    const head = await this.#head(bulkChangeId)
    const { undoOf, startedAt } = head.bulkChange
    const request = asOther(head)
    const lines = (await store.lines(head)).filter(({ outcome }) => outcome === 'would-change')
    const isApplied = head.bulkChange.appliedBy !== undefined
    if (!isOver(head.bulkChange) || !request.dryRun || isApplied || lines.length === 0)
      throw nothingLeft(bulkChangeId, 'apply')
    const begun = await this.#create(
      { ...request, targets: { thingNames: [] }, dryRun: false },
      { lines: lines.map(({ target, input }) => ({ target, outcome: 'waiting', ...(input && { input }) })) },
      starter,
      { applies: bulkChangeId, ...(undoOf !== undefined && { undoOf }) },
      (others) => {
        if (others.some(({ applies }) => applies === bulkChangeId)) throw nothingLeft(bulkChangeId, 'apply')
        if (undoOf !== undefined) checkCanBeUndone(undoOf, others, startedAt)
      },
    )
    await this.#note(bulkChangeId, { appliedBy: begun.bulkChangeId })
    if (undoOf !== undefined) await this.#note(undoOf, { undoneBy: begun.bulkChangeId })
    return begun
  }

  /**
   * Puts back what was there before, as a bulk change of its own: target by target, and not where somebody changed it since.
   * Once, however many people ask for it at the same time; what failed of it is retried. Dry runs of it may be many.
   * @throws {Problem} NOT_FOUND, or NOTHING_LEFT where it was a dry run, still runs, cannot be undone, changed nothing or was
   *   undone
   */
  async undo(bulkChangeId: string, dryRun: boolean, starter: BulkChangeStarter): Promise<BulkChange> {
    const { store, kinds } = this.#parts
    const head = await this.#head(bulkChangeId)
    const request = asOther(head)
    const lines = (await store.lines(head)).flatMap(({ target, outcome, changes = [], input }): KeptLine[] => {
      // Of what was begun and did not come to its end something may have been done.
      const mayBeDone = outcome === 'changed' || isLeft({ outcome })
      if (!mayBeDone || changes.length === 0) return []
      const change = input?.change ?? request.change
      const undo = kinds.of(change).undo?.(change, changes)
      return undo ? [{ target, outcome: 'waiting', input: { ...undo, expects: changes } }] : []
    })
    checkNotNotedAsUndone(head)
    const { endedAt } = head.bulkChange
    if (endedAt === undefined || request.dryRun || lines.length === 0) throw nothingLeft(bulkChangeId, 'undo')
    const targets = { thingNames: [] }
    const more = { undoOf: bulkChangeId }
    const begun = await this.#create({ ...request, targets, dryRun }, { lines }, starter, more, (others) => {
      if (!dryRun) checkCanBeUndone(bulkChangeId, others, endedAt)
    })
    if (!dryRun) await this.#note(bulkChangeId, { undoneBy: begun.bulkChangeId })
    return begun
  }

  async #note(bulkChangeId: string, more: Partial<BulkChange>): Promise<void> {
    await this.#parts.store.changeHead(bulkChangeId, (kept) => ({
      ...kept,
      bulkChange: { ...kept.bulkChange, ...more },
    }))
  }

  async #head(bulkChangeId: string): Promise<KeptBulkChange> {
    const head = await this.#parts.store.head(bulkChangeId)
    if (!head) throw new Problem('NOT_FOUND', `No bulk change of this id is known here: ${bulkChangeId}`)
    return head
  }
}

/** What was asked for, for a bulk change that comes of it: its token was for itself alone. */
function asOther({ bulkChange }: KeptBulkChange): BulkChange['request'] {
  const { clientRequestToken: _, ...request } = bulkChange.request
  return request
}
