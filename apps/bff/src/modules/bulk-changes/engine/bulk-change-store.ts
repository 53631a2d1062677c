import type { BulkChange, BulkChangeTargets } from '@thingdeck/contract'
import { someAtOnce } from '../../../some-at-once.ts'
import type { Documents } from '../../../stores/documents/documents.ts'
import { enterInList } from '../../../stores/documents/enter-in-list.ts'
import { isOver, type KeptBulkChange, type KeptLine } from './kept-bulk-change.ts'

/** Lines of one document: few enough that each change of one is a small file. */
const CHUNK = 25
/** Documents that are read or written at once: one after the other, those of 10,000 targets take seconds. */
const AT_ONCE = 16
/** Those that go on are kept, however many there are. */
const MOST_BULK_CHANGES = 50
/** What those that are over take together, in bytes; the latest of them is kept, whatever it takes. */
const MOST_BYTES = 256 * 1024 * 1024
const INDEX = 'bulk-changes'
/** After so long a console that was not heard of does no more work. */
export const LEASE_MS = 10_000

/** What a bulk change is meant for: said by a person, or already known line by line. */
export type BulkChangeSource = { readonly targets: BulkChangeTargets } | { readonly lines: readonly KeptLine[] }

/**
 * Bulk changes where consoles share what they know. Every change is made to what is kept, and not to a copy: so consoles,
 * and what people ask for while one works, do not undo each other's changes, and the end of a process loses no line.
 */
export class BulkChangeStore {
  readonly #documents: Documents
  readonly #mostBytes: number

  constructor(documents: Documents, { mostBytes = MOST_BYTES }: { readonly mostBytes?: number } = {}) {
    this.#documents = documents
    this.#mostBytes = mostBytes
  }

  get lasts(): boolean {
    return this.#documents.lasts
  }

  /** Newest first. */
  async list(): Promise<BulkChange[]> {
    return listIn(await this.#documents.read(INDEX))
  }

  /**
   * Keeps a new one. It is known to others when all of it is there.
   * @param check of those that are there already; what it throws is told, and nothing is kept
   */
  async create(
    head: Omit<KeptBulkChange, 'chunks'>,
    source: BulkChangeSource,
    check: (others: readonly BulkChange[]) => void,
  ): Promise<KeptBulkChange> {
    const { bulkChangeId } = head.bulkChange
    const chunks = 'lines' in source ? await this.putLines(bulkChangeId, source.lines) : 0
    if ('targets' in source) await this.#documents.update(targetsName(bulkChangeId), () => source.targets)
    const kept: KeptBulkChange = { ...head, chunks }
    await this.#documents.update(headName(bulkChangeId), () => kept)
    await enterInList({
      enter: () =>
        this.#documents.update(INDEX, (before) => {
          const others = listIn(before)
          check(others)
          return [head.bulkChange, ...others]
        }),
      isListed: async () => (await this.list()).some((each) => each.bulkChangeId === bulkChangeId),
      forget: () => this.#forget(bulkChangeId, chunks),
    })
    await this.#forgetOldest()
    return kept
  }

  async head(bulkChangeId: string): Promise<KeptBulkChange | undefined> {
    return (await this.#documents.read(headName(bulkChangeId))) as KeptBulkChange | undefined // written above
  }

  /** Undefined: its lines are known. */
  async targets(bulkChangeId: string): Promise<BulkChangeTargets | undefined> {
    return (await this.#documents.read(targetsName(bulkChangeId))) as BulkChangeTargets | undefined // written above
  }

  /**
   * @param change may be asked again, of what another console wrote meanwhile
   * @returns it after the change; undefined where it was forgotten
   */
  async changeHead(
    bulkChangeId: string,
    change: (kept: KeptBulkChange) => KeptBulkChange,
  ): Promise<KeptBulkChange | undefined> {
    const after = (await this.#documents.update(headName(bulkChangeId), (before) =>
      before === undefined ? undefined : unweighed(change(before as KeptBulkChange)),
    )) as KeptBulkChange | undefined // as above
    if (after) await this.#note(after.bulkChange)
    if (after && isOver(after.bulkChange) && after.bytes === undefined) await this.#weigh(after)
    return after
  }

  /** Notes what one that is over takes, and forgets the oldest where all of them take too much. */
  async #weigh(kept: KeptBulkChange): Promise<void> {
    const { bulkChangeId } = kept.bulkChange
    const sizes = await forEachChunk(kept.chunks, async (chunk) =>
      Buffer.byteLength(JSON.stringify(await this.#chunk(bulkChangeId, chunk))),
    )
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    await this.#documents.update(headName(bulkChangeId), (before) => {
      const now = before as KeptBulkChange | undefined // written above
      // Somebody may have gone on with it meanwhile.
      return now && isOver(now.bulkChange) ? { ...now, bytes } : now
    })
    await this.#forgetOldest()
  }

  /** @returns it, where this run is the one that works on it from now on */
  async lease(bulkChangeId: string, by: string, nowMs: number): Promise<KeptBulkChange | undefined> {
    const until = new Date(nowMs + LEASE_MS).toISOString()
    const after = (await this.#documents.update(headName(bulkChangeId), (before) => {
      const kept = before as KeptBulkChange | undefined // as above
      const isTaken = kept?.lease && kept.lease.by !== by && Date.parse(kept.lease.until) > nowMs
      return !kept || isTaken ? kept : { ...kept, lease: { by, until } }
    })) as KeptBulkChange | undefined // as above
    return after?.lease?.by === by ? after : undefined
  }

  async lines({ bulkChange: { bulkChangeId }, chunks }: KeptBulkChange): Promise<KeptLine[]> {
    return (await forEachChunk(chunks, (chunk) => this.#chunk(bulkChangeId, chunk))).flat()
  }

  /** Some of its lines, from one on, without reading the rest. */
  async page({ bulkChange: { bulkChangeId }, chunks }: KeptBulkChange, offset: number, limit: number) {
    const first = Math.floor(offset / CHUNK)
    const last = Math.min(chunks - 1, Math.floor((offset + limit - 1) / CHUNK))
    const some: KeptLine[] = []
    for (let chunk = first; chunk <= last; chunk += 1) some.push(...(await this.#chunk(bulkChangeId, chunk)))
    return some.slice(offset - first * CHUNK, offset - first * CHUNK + limit)
  }

  /** @returns in how many documents they are */
  async putLines(bulkChangeId: string, lines: readonly KeptLine[]): Promise<number> {
    const chunks = Math.ceil(lines.length / CHUNK)
    await forEachChunk(chunks, (chunk) => {
      const own = lines.slice(chunk * CHUNK, (chunk + 1) * CHUNK)
      return this.#documents.update(chunkName(bulkChangeId, chunk), () => own)
    })
    return chunks
  }

  /**
   * Changes one line where it is kept.
   * @param change of what it is now; undefined: it stays
   * @returns the line as it is then, and whether it was changed
   */
  async changeLine(
    bulkChangeId: string,
    index: number,
    change: (line: KeptLine) => KeptLine | undefined,
  ): Promise<{ readonly line: KeptLine; readonly isChanged: boolean } | undefined> {
    let found: { readonly line: KeptLine; readonly isChanged: boolean } | undefined
    await this.#documents.update(chunkName(bulkChangeId, Math.floor(index / CHUNK)), (before) => {
      const lines = linesIn(before)
      const line = lines[index % CHUNK]
      const after = line && change(line)
      found = line && { line: after ?? line, isChanged: after !== undefined }
      return after ? lines.with(index % CHUNK, after) : before
    })
    return found
  }

  /** Changes all lines where they are kept; those of which it makes nothing stay. */
  async changeLines(
    { bulkChange: { bulkChangeId }, chunks }: KeptBulkChange,
    change: (line: KeptLine) => KeptLine | undefined,
  ): Promise<void> {
    await forEachChunk(chunks, (chunk) =>
      this.#documents.update(chunkName(bulkChangeId, chunk), (before) =>
        linesIn(before).map((line) => change(line) ?? line),
      ),
    )
  }

  async #note(bulkChange: BulkChange): Promise<void> {
    await this.#documents.update(INDEX, (before) =>
      listIn(before).map((each) => (each.bulkChangeId === bulkChange.bulkChangeId ? bulkChange : each)),
    )
  }

  async #chunk(bulkChangeId: string, chunk: number): Promise<KeptLine[]> {
    return linesIn(await this.#documents.read(chunkName(bulkChangeId, chunk)))
  }

  /** Of those that are over: the number and the size of what is kept are bounded. */
  async #forgetOldest(): Promise<void> {
    const all = await this.list()
    const over = all.filter(isOver)
    const most = Math.max(0, MOST_BULK_CHANGES - (all.length - over.length))
    let bytes = 0
    const heads = await Promise.all(over.map(({ bulkChangeId }) => this.head(bulkChangeId)))
    for (const [index, { bulkChangeId }] of over.entries()) {
      const head = heads[index]
      bytes += head?.bytes ?? 0
      if (index < most && (index === 0 || bytes <= this.#mostBytes)) continue
      await this.#documents.update(INDEX, (before) =>
        listIn(before).filter((each) => each.bulkChangeId !== bulkChangeId),
      )
      await this.#forget(bulkChangeId, head?.chunks ?? 0)
    }
  }

  async #forget(bulkChangeId: string, chunks: number): Promise<void> {
    await forEachChunk(chunks, (chunk) => this.#documents.update(chunkName(bulkChangeId, chunk), () => undefined))
    await this.#documents.update(targetsName(bulkChangeId), () => undefined)
    await this.#documents.update(headName(bulkChangeId), () => undefined)
  }
}

/** In the order of the chunks. */
function forEachChunk<Result>(chunks: number, act: (chunk: number) => Promise<Result>): Promise<Result[]> {
  const all = Array.from({ length: chunks }, (_, chunk) => chunk)
  return someAtOnce(all, AT_ONCE, act)
}

const headName = (bulkChangeId: string): string => `bulk-change-${bulkChangeId}`
const targetsName = (bulkChangeId: string): string => `bulk-change-${bulkChangeId}-targets`
const chunkName = (bulkChangeId: string, chunk: number): string => `bulk-change-${bulkChangeId}-lines-${chunk}`
/** What goes on has no size yet: it is weighed once it is over. */
const unweighed = ({ bytes, ...kept }: KeptBulkChange): KeptBulkChange =>
  bytes !== undefined && isOver(kept.bulkChange) ? { ...kept, bytes } : kept

const listIn = (value: unknown): BulkChange[] => (Array.isArray(value) ? (value as BulkChange[]) : []) // written above
const linesIn = (value: unknown): KeptLine[] => (Array.isArray(value) ? (value as KeptLine[]) : []) // written above
