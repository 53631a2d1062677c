import type { ClientDebugList } from '@thingdeck/contract'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../../clock.ts'
import { Problem } from '../../problem.ts'
import type { DebugRecord, DebugRecords, EndedDebug } from './debug-records.ts'
import { toClientDebug } from './debug-records.ts'
import type { ClientLevels } from './logging.ts'

const MINUTE_MS = 60_000
/** How often each console looks for what is due. */
const LOOK_EVERY_MS = 5_000
/** So long the others leave it to the console that began to put one back: it may have ended meanwhile. */
const LEASE_MS = 60_000
/** AWS keeps at most 1,000 levels of targets, and DEBUG costs: this many people look into at once. */
const MOST_AT_ONCE = 20

interface ClientDebugsParts {
  readonly records: DebugRecords
  readonly levels: ClientLevels
  readonly clock: Clock
  readonly newId: () => string
  readonly log: FastifyBaseLogger
  /** Of what ended by itself. */
  readonly onEnded: (ended: EndedDebug) => Promise<void>
}

/**
 * Clients that are logged at DEBUG for a while. What was before is put back by whichever console notices first that it is
 * time, also when the one that began it is gone; a level that somebody else has set meanwhile is left as it is.
 */
export class ClientDebugs {
  readonly #parts: ClientDebugsParts
  /** This console among those that share the records. */
  readonly #console: string
  #isClosed = false

  constructor(parts: ClientDebugsParts) {
    this.#parts = parts
    this.#console = parts.newId()
  }

  async list(): Promise<ClientDebugList> {
    const { running, ended } = await this.#parts.records.read()
    return {
      clientDebugs: [...running, ...ended.toReversed()].map(toClientDebug),
      lasts: this.#parts.records.lasts,
    }
  }

  /**
   * One that runs already goes on for so many minutes at least.
   * @throws {Problem} ALREADY_LOGGED, TOO_MANY_DEBUGS
   */
  async start(
    { clientId, minutes }: { readonly clientId: string; readonly minutes: number },
    by: Pick<DebugRecord, 'person' | 'requestId'>,
  ): Promise<DebugRecord> {
    const { records, levels, clock, newId } = this.#parts
    const present = (await records.read()).running.find((each) => each.clientId === clientId && !each.lease)
    if (present) return await this.extend(present.id, minutes)
    const before = await levels.levelOf(clientId)
    if (before === 'DEBUG') {
      throw new Problem('ALREADY_LOGGED', `${clientId} is logged at DEBUG by a level of its own, which stays.`)
    }
    const sinceMs = clock.nowMs()
    const record: DebugRecord = {
      id: newId(),
      clientId,
      ...(before && { before }),
      sinceMs,
      untilMs: sinceMs + minutes * MINUTE_MS,
      ...by,
    }
    // Known first, set then: what was begun is put back whatever happens in between.
    await records.change((running) => {
      if (running.some((each) => each.clientId === clientId)) {
        throw new Problem('ALREADY_LOGGED', `Somebody else has begun to debug ${clientId} just now.`)
      }
      if (running.length >= MOST_AT_ONCE) {
        throw new Problem('TOO_MANY_DEBUGS', `${MOST_AT_ONCE} clients are debugged already: stop one of them.`)
      }
      return [...running, record]
    })
    try {
      await levels.setLevelOf(clientId, 'DEBUG')
    } catch (error) {
      await records.change((running) => running.filter(({ id }) => id !== record.id))
      throw error
    }
    return record
  }

  /** Until so many minutes from now, unless it lasts longer anyway. @throws {Problem} NOT_FOUND */
  async extend(id: string, minutes: number): Promise<DebugRecord> {
    const atLeastMs = this.#parts.clock.nowMs() + minutes * MINUTE_MS
    let extended: DebugRecord | undefined
    await this.#parts.records.change((running) =>
      running.map((record) => {
        if (record.id !== id || record.lease) return record
        extended = { ...record, untilMs: Math.max(record.untilMs, atLeastMs) }
        return extended
      }),
    )
    if (!extended) throw notRunning()
    return extended
  }

  /** Puts back what was before, now. @throws {Problem} NOT_FOUND; AWS's own, and then it is tried again by itself */
  async stop(id: string): Promise<EndedDebug> {
    const claimed = await this.#claim(id)
    if (!claimed) throw notRunning()
    return await this.#putBack(claimed)
  }

  /** Somebody sets the client's level for good: it is theirs now. */
  async levelSet(clientId: string): Promise<void> {
    const { records, clock } = this.#parts
    for (const record of (await records.read()).running) {
      if (record.clientId === clientId) await records.end(record, 'changed-meanwhile', clock.nowMs())
    }
  }

  /** Puts back what is due. Never throws. */
  async sweep(isDue = (record: DebugRecord) => record.untilMs <= this.#parts.clock.nowMs()): Promise<void> {
    const { records, log, onEnded } = this.#parts
    try {
      for (const { id, clientId } of (await records.read()).running.filter(isDue)) {
        const claimed = await this.#claim(id)
        if (!claimed) continue
        try {
          await onEnded(await this.#putBack(claimed))
        } catch (error) {
          log.warn({ err: error, clientId }, 'the log level of a client could not be put back; it is tried again')
        }
      }
    } catch (error) {
      log.error({ err: error }, 'the clients that are debugged could not be read')
    }
  }

  /** Looks now, and from time to time until it is closed. */
  watch(): void {
    if (this.#isClosed) return
    void this.sweep().then(() => this.#parts.clock.after(LOOK_EVERY_MS, () => this.watch()))
  }

  /** What this process alone remembers is put back before it ends. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (!this.#parts.records.lasts) await this.sweep(() => true)
  }

  /** Undefined: it has ended, or another console is about to end it. */
  async #claim(id: string): Promise<DebugRecord | undefined> {
    const nowMs = this.#parts.clock.nowMs()
    let claimed: DebugRecord | undefined
    await this.#parts.records.change((running) => {
      claimed = undefined
      return running.map((record) => {
        if (record.id !== id || (record.lease && record.lease.untilMs > nowMs)) return record
        claimed = { ...record, lease: { by: this.#console, untilMs: nowMs + LEASE_MS } }
        return claimed
      })
    })
    return claimed
  }

  async #putBack(record: DebugRecord): Promise<EndedDebug> {
    const { records, levels, clock } = this.#parts
    const { clientId, before } = record
    try {
      const present = await levels.levelOf(clientId)
      if (present === 'DEBUG') await levels.setLevelOf(clientId, before)
      const isOurs = present === 'DEBUG' || present === before
      return await records.end(record, isOurs ? 'put-back' : 'changed-meanwhile', clock.nowMs())
    } catch (error) {
      // The lease runs on: so long nobody asks AWS again.
      const failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      await records.change((running) => running.map((each) => (each.id === record.id ? { ...each, failure } : each)))
      throw error
    }
  }
}

const notRunning = () =>
  new Problem('NOT_FOUND', 'This client is not debugged any more, or what was before is being put back.')
