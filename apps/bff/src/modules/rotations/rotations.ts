import type {
  Rotation,
  RotationAction,
  RotationCertificates,
  RotationChange,
  RotationPreview,
  RotationRequest,
  RotationStage,
  RotationTargets,
  RotationThings,
} from '@thingdeck/contract'
import { publicKeyOf } from '../../aws/certificates/certificate-request.ts'
import type { Clock } from '../../clock.ts'
import type { Person } from '../../person.ts'
import { Problem } from '../../problem.ts'
import {
  inStage,
  isThingOver,
  type KeptRotation,
  type KeptThing,
  rotationOf,
  type ThingChange,
  toldOf,
} from './kept-rotation.ts'
import type { RotationStore } from './rotation-store.ts'
import { type FoundTargets, previewOf } from './rotation-targets.ts'

/** Those that go on, of all people. */
const MOST_OPEN = 50
const DEFAULT_PER_SECOND = 5

export interface RotationStarter {
  readonly person: Person
  readonly requestId: string
}

export interface RotationsParts {
  readonly store: RotationStore
  readonly clock: Clock
  readonly newId: () => string
  readonly find: (targets: RotationTargets) => Promise<FoundTargets>
}

interface ThingsPage {
  readonly stage?: RotationStage
  readonly failed?: boolean
  readonly offset: number
  readonly limit: number
}

/** Since it was looked whether others replace the certificates of these things, another one was begun. */
class BegunMeanwhile extends Error {}

/** What people ask of rotations. The work is {@link RotationEngine}'s, which finds what they want where it is kept. */
export class Rotations {
  readonly #parts: RotationsParts

  constructor(parts: RotationsParts) {
    this.#parts = parts
  }

  async preview(targets: RotationTargets): Promise<RotationPreview> {
    return previewOf(await this.#parts.find(targets))
  }

  /**
   * @throws {Problem} BAD_REQUEST where others are meant than were agreed to, TOO_MANY_ROTATIONS, BEING_ROTATED where the
   *   certificate of one of them is being replaced: a second rotation would take the first one's for an old one
   */
  async start(request: RotationRequest, starter: RotationStarter): Promise<Rotation> {
    const { store, newId, clock } = this.#parts
    const open = (await store.list()).filter(({ isOver }) => !isOver)
    if (open.length >= MOST_OPEN)
      throw new Problem('TOO_MANY_ROTATIONS', `${MOST_OPEN} rotations go on, which is as many as may: end or undo one.`)
    const { thingNames, isAtLeast } = await this.#parts.find(request.targets)
    const { confirmedCount = thingNames.length, pauseSeconds, requestsPerSecond = DEFAULT_PER_SECOND } = request
    if (thingNames.length === 0) throw new Problem('BAD_REQUEST', 'No thing is meant by this.')
    if (isAtLeast) throw new Problem('BAD_REQUEST', `More than ${thingNames.length} things are meant: choose fewer.`)
    if (confirmedCount !== thingNames.length)
      throw new Problem(
        'BAD_REQUEST',
        `${confirmedCount} things were agreed to, and ${thingNames.length} are meant now: nothing was begun.`,
      )
    const looked = await this.#checkNotRotated(new Set(thingNames))
    const now = new Date(clock.nowMs()).toISOString()
    const things: KeptThing[] = thingNames.map((thingName) => ({
      thingName,
      stage: 'chosen',
      since: now,
      oldCertificateIds: [],
    }))
    const head = {
      rotationId: newId(),
      starter,
      startedAt: now,
      requestsPerSecond,
      ...(pauseSeconds !== undefined && { pauseSeconds }),
      sight: { source: 'log' as const },
    }
    const checkLooked = (others: readonly Rotation[]) => {
      if (others.some(({ rotationId, isOver }) => !isOver && !looked.has(rotationId))) throw new BegunMeanwhile()
    }
    try {
      return rotationOf(await store.create(head, things, checkLooked), things)
    } catch (error) {
      if (error instanceof BegunMeanwhile) return this.start(request, starter)
      throw error
    }
  }

  /** @returns the ids of those that go on, with other things. @throws {Problem} BEING_ROTATED */
  async #checkNotRotated(thingNames: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const { store } = this.#parts
    const open = (await store.list()).filter(({ isOver }) => !isOver)
    for (const { rotationId, startedBy, startedAt } of open) {
      const head = await store.head(rotationId)
      const things = head ? await this.#things(head) : []
      const same = things.find((thing) => thingNames.has(thing.thingName) && !isThingOver(thing))
      if (same)
        throw new Problem(
          'BEING_ROTATED',
          `${same.thingName} is in the rotation ${rotationId}, which ${startedBy} began at ${startedAt}, and is not over there: end it for this thing, or undo it.`,
        )
    }
    return new Set(open.map(({ rotationId }) => rotationId))
  }

  async list(): Promise<{ rotations: Rotation[]; lasts: boolean }> {
    return { rotations: await this.#parts.store.list(), lasts: this.#parts.store.lasts }
  }

  async describe(rotationId: string): Promise<Rotation> {
    const head = await this.#head(rotationId)
    return rotationOf(head, await this.#things(head))
  }

  async things(rotationId: string, { stage, failed, offset, limit }: ThingsPage): Promise<RotationThings> {
    const all = (await this.#things(await this.#head(rotationId)))
      .filter((thing) => (stage ?? thing.stage) === thing.stage && (!failed || thing.failure !== undefined))
      .sort(byTrouble)
    return { things: all.slice(offset, offset + limit).map(toldOf), total: all.length }
  }

  /** Things that are not waiting for keys are left as they are. */
  async request(
    rotationId: string,
    requests: readonly { readonly thingName: string; readonly certificateSigningRequest: string }[],
  ): Promise<RotationChange> {
    for (const { certificateSigningRequest } of requests) publicKeyOf(certificateSigningRequest) // refused here, not by AWS of each
    const byName = new Map(requests.map((each) => [each.thingName, each.certificateSigningRequest]))
    return this.#change(rotationId, new Set(byName.keys()), ({ thingName, stage }) =>
      stage === 'chosen'
        ? inStage('requested', this.#parts.clock.nowMs(), { certificateSigningRequest: byName.get(thingName) })
        : undefined,
    )
  }

  async certificates(rotationId: string, offset: number, limit: number): Promise<RotationCertificates> {
    const prepared = (await this.#things(await this.#head(rotationId))).flatMap(
      ({ stage, thingName, newCertificateId: certificateId, certificatePem }) =>
        stage === 'prepared' && certificateId !== undefined && certificatePem !== undefined
          ? [{ thingName, certificateId, certificatePem }]
          : [],
    )
    return { certificates: prepared.slice(offset, offset + limit) }
  }

  /** Somebody has the keys of these certificates: they may work. */
  async delivered(rotationId: string, certificateIds: readonly string[]): Promise<RotationChange> {
    const ids = new Set(certificateIds)
    const head = await this.#head(rotationId)
    const names = (await this.#things(head)).filter(({ newCertificateId = '' }) => ids.has(newCertificateId))
    return this.#change(
      rotationId,
      new Set(names.map(({ thingName }) => thingName)),
      ({ stage, newCertificateId = '' }) =>
        stage === 'prepared' && ids.has(newCertificateId) ? inStage('delivered', this.#parts.clock.nowMs()) : undefined,
    )
  }

  async act(rotationId: string, action: RotationAction, thingNames?: readonly string[]): Promise<RotationChange> {
    const nowMs = this.#parts.clock.nowMs()
    return this.#change(rotationId, thingNames && new Set(thingNames), (thing) => changeBy(action, thing, nowMs))
  }

  async #change(
    rotationId: string,
    names: ReadonlySet<string> | undefined,
    change: (thing: KeptThing) => ThingChange | undefined,
  ): Promise<RotationChange> {
    const { store } = this.#parts
    const head = await this.#head(rotationId)
    const isMeant = ({ thingName }: KeptThing) => names === undefined || names.has(thingName)
    const changed = await store.changeThings(head, (thing) => (isMeant(thing) ? change(thing) : undefined))
    const things = await this.#things(head)
    await store.noteProgress(head, things)
    return { changed, unfit: things.filter(isMeant).length - changed }
  }

  async #head(rotationId: string): Promise<KeptRotation> {
    const head = /^[\w-]+$/.test(rotationId) ? await this.#parts.store.head(rotationId) : undefined
    if (!head) throw new Problem('NOT_FOUND', `No rotation of this id is known here: ${rotationId}`)
    return head
  }

  async #things(head: KeptRotation): Promise<KeptThing[]> {
    return (await this.#parts.store.things(head)).map(({ thing }) => thing)
  }
}

/** What an action makes of a thing; undefined: it does not fit the stage that the thing is in. */
function changeBy(action: RotationAction, thing: KeptThing, nowMs: number): ThingChange | undefined {
  const { stage, failure } = thing
  switch (action) {
    case 'retry':
      return failure && { failure: undefined, attempts: undefined, retryAt: undefined }
    case 'renew':
      return stage === 'requested' || stage === 'prepared' ? inStage('undoing', nowMs, { isRenewed: true }) : undefined
    case 'confirm':
      return stage === 'waiting'
        ? inStage('seen', nowMs, { seenAt: new Date(nowMs).toISOString(), seenBy: 'person' })
        : undefined
    case 'deactivate':
      return stage === 'seen' ? inStage('deactivating', nowMs) : undefined
    case 'delete':
      return stage === 'replaced' ? inStage('deleting', nowMs) : undefined
    case 'undo':
      return UNDOABLE.includes(stage) ? inStage('undoing', nowMs) : undefined
  }
}

/** Of the rest the old certificate is gone, or nothing is left to undo. */
const UNDOABLE: readonly RotationStage[] = [
  'chosen',
  'requested',
  'prepared',
  'delivered',
  'waiting',
  'seen',
  'deactivating',
  'replaced',
]

/** What failed first, then what waits longest. */
const byTrouble = (one: KeptThing, other: KeptThing): number =>
  Number(other.failure !== undefined) - Number(one.failure !== undefined) || (one.since < other.since ? -1 : 1)
