import type { Rotation } from '@thingdeck/contract'
import type { Documents } from '../../stores/documents/documents.ts'
import { enterInList } from '../../stores/documents/enter-in-list.ts'
import { type KeptRotation, type KeptThing, rotationOf, type ThingChange } from './kept-rotation.ts'

/** Things of one document: few enough that each change is a small file, and many enough that a rotation is few. */
const CHUNK = 50
const MOST_ROTATIONS = 50
const INDEX = 'rotations'
/** After so long a console that was not heard of does no more work. */
const LEASE_MS = 10_000

/** A thing, and in which document it is. */
export interface PlacedThing {
  readonly chunk: number
  readonly thing: KeptThing
}

/**
 * Rotations where consoles share what they know. Every change is made to what is kept, and not to a copy: so consoles,
 * and what people ask for while one works, do not undo each other's changes, and the end of a process loses nothing.
 */
export class RotationStore {
  readonly #documents: Documents

  constructor(documents: Documents) {
    this.#documents = documents
  }

  get lasts(): boolean {
    return this.#documents.lasts
  }

  /** Newest first. */
  async list(): Promise<Rotation[]> {
    return listIn(await this.#documents.read(INDEX))
  }

  /**
   * Keeps a new one. It is known to others when all of it is there.
   * @param check of those that are there already; what it throws is told, and nothing is kept
   */
  async create(
    head: Omit<KeptRotation, 'chunks'>,
    things: readonly KeptThing[],
    check: (others: readonly Rotation[]) => void,
  ): Promise<KeptRotation> {
    const chunks = Math.ceil(things.length / CHUNK)
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      const own = things.slice(chunk * CHUNK, (chunk + 1) * CHUNK)
      await this.#documents.update(chunkName(head.rotationId, chunk), () => own)
    }
    const whole: KeptRotation = { ...head, chunks }
    await this.#documents.update(headName(head.rotationId), () => whole)
    await enterInList({
      enter: () =>
        this.#documents.update(INDEX, (before) => {
          const others = listIn(before)
          check(others)
          return [rotationOf(whole, things), ...others]
        }),
      isListed: async () => (await this.list()).some((each) => each.rotationId === whole.rotationId),
      forget: () => this.#forget(whole),
    })
    await this.#forgetOldest()
    return whole
  }

  async head(rotationId: string): Promise<KeptRotation | undefined> {
    return (await this.#documents.read(headName(rotationId))) as KeptRotation | undefined // written above
  }

  /** @returns it after the change; undefined where it was forgotten */
  async changeHead(rotationId: string, change: Partial<KeptRotation>): Promise<KeptRotation | undefined> {
    return (await this.#documents.update(headName(rotationId), (before) =>
      before === undefined ? undefined : { ...(before as KeptRotation), ...change },
    )) as KeptRotation | undefined // as above
  }

  /** @returns it, where this console is the one that works on it from now on */
  async lease(rotationId: string, by: string, nowMs: number): Promise<KeptRotation | undefined> {
    const kept = await this.head(rotationId)
    // A rotation waits for weeks: its lease is not written each second.
    if (kept?.lease?.by === by && Date.parse(kept.lease.until) - nowMs > LEASE_MS / 2) return kept
    const until = new Date(nowMs + LEASE_MS).toISOString()
    const after = (await this.#documents.update(headName(rotationId), (before) => {
      const head = before as KeptRotation | undefined // as above
      const isTaken = head?.lease && head.lease.by !== by && Date.parse(head.lease.until) > nowMs
      return !head || isTaken ? head : { ...head, lease: { by, until } }
    })) as KeptRotation | undefined // as above
    return after?.lease?.by === by ? after : undefined
  }

  async release(rotationId: string, by: string): Promise<void> {
    await this.#documents.update(headName(rotationId), (before) => {
      const head = before as KeptRotation | undefined // as above
      if (head?.lease?.by !== by) return head
      const { lease: _, ...rest } = head
      return rest
    })
  }

  async things({ rotationId, chunks }: KeptRotation): Promise<PlacedThing[]> {
    const all: PlacedThing[] = []
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      const own = (await this.#documents.read(chunkName(rotationId, chunk))) as KeptThing[] | undefined // as above
      all.push(...(own ?? []).map((thing) => ({ chunk, thing })))
    }
    return all
  }

  /**
   * Changes things where they are kept.
   * @param change of each what becomes other; undefined: nothing. It may be asked again, of what another console wrote.
   * @returns how many were changed
   */
  async changeThings(
    { rotationId, chunks }: KeptRotation,
    change: (thing: KeptThing) => ThingChange | undefined,
    only?: number,
  ): Promise<number> {
    let changed = 0
    for (let chunk = only ?? 0; chunk < (only === undefined ? chunks : only + 1); chunk += 1) {
      let here = 0
      await this.#documents.update(chunkName(rotationId, chunk), (before) => {
        here = 0
        return (before as KeptThing[] | undefined)?.map((thing) => {
          const wanted = change(thing)
          if (wanted) here += 1
          return wanted ? { ...thing, ...wanted } : thing
        })
      })
      changed += here
    }
    return changed
  }

  /** Notes in the list how far it is. */
  async noteProgress(head: KeptRotation, things: readonly KeptThing[]): Promise<void> {
    const rotation = rotationOf(head, things)
    await this.#documents.update(INDEX, (before) =>
      listIn(before).map((each) => (each.rotationId === rotation.rotationId ? rotation : each)),
    )
  }

  /** Those that go on are kept, however many there are. */
  async #forgetOldest(): Promise<void> {
    const all = await this.list()
    const oldest = all.filter(({ isOver }) => isOver).slice(Math.max(0, MOST_ROTATIONS - (all.length - overIn(all))))
    for (const { rotationId } of oldest) {
      await this.#forget({ rotationId, chunks: (await this.head(rotationId))?.chunks ?? 0 })
      await this.#documents.update(INDEX, (before) => listIn(before).filter((each) => each.rotationId !== rotationId))
    }
  }

  async #forget({ rotationId, chunks }: Pick<KeptRotation, 'rotationId' | 'chunks'>): Promise<void> {
    for (let chunk = 0; chunk < chunks; chunk += 1)
      await this.#documents.update(chunkName(rotationId, chunk), () => undefined)
    await this.#documents.update(headName(rotationId), () => undefined)
  }
}

const overIn = (rotations: readonly Rotation[]): number => rotations.filter(({ isOver }) => isOver).length
const headName = (rotationId: string): string => `rotation-${rotationId}`
const chunkName = (rotationId: string, chunk: number): string => `rotation-${rotationId}-things-${chunk}`
const listIn = (value: unknown): Rotation[] => (Array.isArray(value) ? (value as Rotation[]) : []) // written above
