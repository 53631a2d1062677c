import { type ClientDebug, LoggingLevel, Role } from '@thingdeck/contract'
import { type Static, Type } from 'typebox'
import Value from 'typebox/value'
import type { Documents } from '../../stores/documents/documents.ts'

const DOCUMENT = 'client-debugs'
const MOST_ENDED = 20

/** A client that is logged at DEBUG, and all that is needed to put back what was before. Times in ms since 1970. */
export const DebugRecord = Type.Object({
  id: Type.String(),
  clientId: Type.String(),
  /** Absent: it had no level of its own. */
  before: Type.Optional(LoggingLevel),
  sinceMs: Type.Number(),
  untilMs: Type.Number(),
  person: Type.Object({ id: Type.String(), name: Type.String(), role: Role }),
  /** Of the request that started it. */
  requestId: Type.String(),
  /** Which console puts it back, until when the others leave that to it. */
  lease: Type.Optional(Type.Object({ by: Type.String(), untilMs: Type.Number() })),
  failure: Type.Optional(Type.String()),
})
export type DebugRecord = Static<typeof DebugRecord>

const EndedDebug = Type.Object({
  ...DebugRecord.properties,
  endedMs: Type.Number(),
  how: Type.Union([Type.Literal('put-back'), Type.Literal('changed-meanwhile')]),
})
export type EndedDebug = Static<typeof EndedDebug>

/** Those that run, and the latest that ended, oldest first. */
const DebugDocument = Type.Object({ running: Type.Array(DebugRecord), ended: Type.Array(EndedDebug) })
type DebugDocument = Static<typeof DebugDocument>

/** The document that all consoles of the account share: one change after the other. */
export class DebugRecords {
  readonly #documents: Documents

  constructor(documents: Documents) {
    this.#documents = documents
  }

  get lasts(): boolean {
    return this.#documents.lasts
  }

  async read(): Promise<DebugDocument> {
    return documentIn(await this.#documents.read(DOCUMENT))
  }

  /** @param change may be called several times, until it is kept; what it throws is told */
  async change(change: (running: readonly DebugRecord[]) => readonly DebugRecord[]): Promise<void> {
    await this.#documents.update(DOCUMENT, (stored) => {
      const { running, ended } = documentIn(stored)
      return { running: change(running), ended }
    })
  }

  /** Takes it from those that run. */
  async end(record: DebugRecord, how: EndedDebug['how'], endedMs: number): Promise<EndedDebug> {
    const { lease: _, failure: __, ...rest } = record
    const ended = { ...rest, how, endedMs }
    await this.#documents.update(DOCUMENT, (stored) => {
      const document = documentIn(stored)
      if (!document.running.some(({ id }) => id === record.id)) return document
      return {
        running: document.running.filter(({ id }) => id !== record.id),
        ended: [...document.ended, ended].slice(-MOST_ENDED),
      }
    })
    return ended
  }
}

const documentIn = (stored: unknown): DebugDocument =>
  Value.Check(DebugDocument, stored) ? stored : { running: [], ended: [] }

/** As the API tells it. */
export function toClientDebug(record: DebugRecord | EndedDebug): ClientDebug {
  return {
    clientDebugId: record.id,
    clientId: record.clientId,
    since: new Date(record.sinceMs).toISOString(),
    until: new Date(record.untilMs).toISOString(),
    startedBy: record.person.name,
    ...(record.before && { before: record.before }),
    ...(record.failure !== undefined && { failure: record.failure }),
    state: 'how' in record ? record.how : record.lease || record.failure !== undefined ? 'putting-back' : 'running',
    ...('how' in record && { endedAt: new Date(record.endedMs).toISOString() }),
  }
}
