import { GetPolicyCommand, type IoTClient, paginateListPolicies } from '@aws-sdk/client-iot'
import type { Clock } from '../clock.ts'
import { isNamed } from './error-name.ts'
import type { Pace } from './pace.ts'

/** So many are looked at; at five a second that takes three minutes. */
const MOST_POLICIES = 1_000
/** What was found serves for so long. */
const KEPT_MS = 60_000
/** Nobody asked for so long: the rest is not looked at. */
const LEFT_MS = 30_000

/** The documents of the account's policies in their default versions, as far as they were read. */
export interface LookedPolicies {
  readonly documents: ReadonlyMap<string, string>
  readonly looked: number
  readonly listed: number
  readonly isOver: boolean
  readonly isAll: boolean
}

interface Walk {
  readonly documents: Map<string, string>
  looked: number
  listed: number
  isAll: boolean
  endedMs: number | undefined
  readonly begun: Promise<void>
}

/** Reads the documents of all policies while somebody wants to know: AWS gives one at a time. */
export class PolicyDocuments {
  readonly #iot: IoTClient
  readonly #clock: Clock
  readonly #pace: Pace
  #walk: Walk | undefined
  #askedMs = 0

  constructor(iot: IoTClient, clock: Clock, pace: Pace) {
    this.#iot = iot
    this.#clock = clock
    this.#pace = pace
  }

  /** What is known by now, from the moment on when it is known how many there are. Errors are AWS's own. */
  async look(): Promise<LookedPolicies> {
    this.#askedMs = this.#clock.nowMs()
    const walk = this.#current() ?? this.#begin()
    await walk.begun
    return { ...walk, isOver: walk.looked === walk.listed }
  }

  /** The walk whose finds still serve. */
  #current(): Walk | undefined {
    const endedMs = this.#walk?.endedMs
    return endedMs !== undefined && this.#clock.nowMs() - endedMs > KEPT_MS ? undefined : this.#walk
  }

  #begin(): Walk {
    const listed = Promise.withResolvers<void>()
    const walk: Walk = {
      documents: new Map(),
      looked: 0,
      listed: 0,
      isAll: true,
      endedMs: undefined,
      begun: listed.promise,
    }
    this.#walk = walk
    this.#read(walk, listed.resolve).catch((error: unknown) => {
      // Whoever waits for the list is told; who comes later begins anew.
      this.#walk = undefined
      listed.reject(error)
    })
    return walk
  }

  async #read(walk: Walk, onListed: () => void): Promise<void> {
    const names: string[] = []
    for await (const { policies = [], nextMarker } of paginateListPolicies({ client: this.#iot, pageSize: 250 }, {})) {
      names.push(...policies.flatMap(({ policyName }) => policyName ?? []))
      if (nextMarker !== undefined && names.length >= MOST_POLICIES) {
        walk.isAll = false
        break
      }
    }
    walk.listed = names.length
    onListed()
    for (const name of names) {
      if (this.#clock.nowMs() - this.#askedMs > LEFT_MS) {
        this.#walk = undefined
        return
      }
      await this.#pace.turn()
      const text = await this.#documentOf(name)
      if (text !== undefined) walk.documents.set(name, text)
      walk.looked += 1
    }
    walk.endedMs = this.#clock.nowMs()
  }

  async #documentOf(policyName: string): Promise<string | undefined> {
    try {
      return (await this.#iot.send(new GetPolicyCommand({ policyName }))).policyDocument
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException')) return undefined // deleted since it was listed
      throw error
    }
  }
}
