import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Attack, Finding, type Tally } from './attack.ts'
import type { Random } from './random.ts'
import { Receiver } from './receivers.ts'
import { type Identity, Victim } from './server.ts'
import { Account, Clients } from './visit.ts'
import type { Writer } from './writers.ts'

/** Of so many rounds the last ends as a container is ended: the server is asked to, and says goodbye. */
const ASKED_EVERY = 3

/** How long writes go on, at most, once each kind was acknowledged. */
const LOAD_MS = 500

/** Publishes to the receivers' topic. */
class Publisher implements Writer {
  readonly promised = new Set<string>()

  async write({ publisher }: Clients, index: number): Promise<void> {
    await publisher.publishAsync('queue/1', String(index), { qos: 1 })
    this.promised.add(String(index))
  }

  async check(): Promise<void> {}

  get size(): number {
    return this.promised.size
  }
}

/**
 * `kill -9` amid writes of every kind, over and over on one account: all that was acknowledged is there afterwards, and
 * nothing else. A round is a kill; of some the server is asked to end in place of it, and does so in order.
 */
export class Kill implements Attack {
  readonly name: string
  readonly #publisher = new Publisher()
  readonly #writers: readonly Writer[]
  readonly #counts: number[] = []
  readonly #sleeping = [new Receiver('sleeper', 'queue/#'), new Receiver('member', '$share/group/queue/#')]
  readonly #listening = new Receiver('listener', 'queue/+')
  #rounds = 0
  #folder: string | undefined
  #server: Victim | undefined
  #identity: Identity | undefined

  /** @param writers of an account of its own, beside whom messages are published */
  constructor(name: string, writers: readonly Writer[]) {
    this.name = name
    this.#writers = [...writers, this.#publisher]
  }

  async round(random: Random): Promise<Tally> {
    const before = this.#written
    const server = this.#server ?? (await this.#begin())
    const listening = await this.#listening.resume(server, this.#known)
    const clients = await Clients.connect(server, this.#known)
    const warm = Promise.withResolvers<void>()
    const writing = this.#load(clients, warm.resolve)
    await Promise.race([warm.promise, writing])
    await delay(random.below(LOAD_MS)) // the moment of the kill is what this is about
    this.#server = undefined
    this.#rounds += 1
    const isAsked = this.#rounds % ASKED_EVERY === 0
    const code = await server.stop(isAsked ? 'SIGTERM' : 'SIGKILL')
    if (isAsked && code !== 0) throw new Finding(`It was asked to end, and did so with exit code ${code}`)
    await writing
    clients[Symbol.dispose]()
    listening.end(true)
    await this.#check()
    return { kills: 1, writes: this.#written - before }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]()
    for (const writer of this.#writers) writer.end?.()
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true })
  }

  get #known(): Identity {
    if (!this.#identity) throw new Error('There is no identity before the first round')
    return this.#identity
  }

  get #written(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0)
  }

  async #begin(): Promise<Victim> {
    this.#folder = await mkdtemp(join(tmpdir(), 'hostile-kill-'))
    const server = await this.#start()
    this.#identity = await server.identity()
    for (const receiver of [...this.#sleeping, this.#listening]) await receiver.subscribe(server, this.#identity)
    using account = new Account(server, this.#identity)
    await Promise.all(this.#writers.map((writer) => writer.begin?.(account)))
    return server
  }

  async #start(): Promise<Victim> {
    if (this.#folder === undefined) throw new Error('There is no account before the first round')
    const server = await Victim.start({ data: this.#folder })
    this.#server = server
    return server
  }

  /** Writes of every kind, as fast as they are acknowledged, until the server is gone. */
  async #load(clients: Clients, onWarm: () => void): Promise<void> {
    const gone = Promise.withResolvers<'gone'>()
    let isGone = false
    let cold = this.#writers.length
    clients.publisher.once('close', () => {
      isGone = true
      gone.resolve('gone')
      clients.publisher.end(true)
      clients.fickle.end(true)
    })
    const forever = async (writer: Writer, position: number) => {
      for (let isFirst = true; !isGone; isFirst = false) {
        const index = this.#counts[position] ?? 0
        this.#counts[position] = index + 1
        const written = writer.write(clients, index).catch((error: unknown) => {
          if (error instanceof Finding) throw error
          if (isAnswer(error)) throw new Finding('It refused what it had no reason to', { cause: error })
          return gone.promise // that the server ends is not noticed by all at once: nothing is begun any more
        })
        await Promise.race([written, gone.promise]) // a client that waits for its connection may wait for good
        if (!isFirst) continue
        cold -= 1
        if (cold === 0) onWarm()
      }
    }
    await Promise.all(this.#writers.map(forever))
  }

  async #check(): Promise<void> {
    const server = await this.#start()
    using account = new Account(server, this.#known)
    for (const writer of this.#writers) {
      await writer.check(account)
      if (writer.size === 0) throw new Finding('One kind of write was never acknowledged')
    }
    for (const receiver of [...this.#sleeping, this.#listening]) {
      await receiver.catchUp(server, this.#known, this.#publisher.promised)
    }
  }
}

/** Whether the server answered with an error; anything else is how its end looks from here. */
function isAnswer(error: unknown): boolean {
  const metadata: unknown = error instanceof Error && '$metadata' in error ? error.$metadata : undefined
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
}
