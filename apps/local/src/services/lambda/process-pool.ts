import type { FunctionVersion } from './function-version.ts'

/** What the pool has to know of a process. */
export interface PooledProcess {
  readonly hasEnded: boolean
  readonly gone: Promise<unknown>
  kill(): void
}

export interface PoolOptions<Process extends PooledProcess> {
  readonly start: (version: FunctionVersion) => Process
  /** How many of a function may run at once, where somebody has said it. */
  readonly limitOf: (name: string) => number | undefined
  /** Milliseconds, of a clock that only goes forward. */
  readonly now: () => number
}

/** A process to be used, until it is given back. */
export interface Lease<Process> {
  readonly process: Process
  readonly isNew: boolean
  /** @param isUsable whether it may be used again */
  giveBack(isUsable: boolean): void
}

/** AWS runs a thousand at once; this is one machine, whose processors others need, too. */
export const MAX_PROCESSES = 16
export const MAX_PROCESSES_OF_FUNCTION = 8
/** So many more may wait for their turn, as AWS runs a thousand. */
export const MAX_WAITING = 1_000
/** A process that nobody needs is ended after so long. */
const IDLE_MS = 5 * 60_000
/** One is not used longer than the credentials of its role are good for. */
const MAX_AGE_MS = 5 * 3_600_000

interface Member<Process> {
  readonly process: Process
  readonly name: string
  /** Of the version and its revision. */
  readonly key: string
  readonly startedAt: number
  idleSince: number | undefined
}

interface Waiter<Process> {
  readonly version: FunctionVersion
  readonly resolve: (lease: Lease<Process> | undefined) => void
}

/** The processes of all functions: kept for the next event, and bounded together. */
export class ProcessPool<Process extends PooledProcess> {
  readonly #options: PoolOptions<Process>
  readonly #members = new Set<Member<Process>>()
  #waiting: Waiter<Process>[] = []
  readonly #sweeper: NodeJS.Timeout
  #isClosed = false

  constructor(options: PoolOptions<Process>) {
    this.#options = options
    this.#sweeper = setInterval(() => this.#sweep(), 30_000).unref()
  }

  get size(): number {
    return this.#members.size
  }

  /** Of all that are there: whose code is in use. */
  isInUse(name: string): boolean {
    return this.#members.values().some((member) => member.name === name)
  }

  /** @returns undefined where as many as may wait already */
  take(version: FunctionVersion): Promise<Lease<Process> | undefined> {
    return new Promise((resolve) => {
      if (this.#isClosed) resolve(undefined)
      else {
        const lease = this.#lease(version)
        if (lease || this.#waiting.length >= MAX_WAITING) resolve(lease)
        else this.#waiting.push({ version, resolve })
      }
    })
  }

  /** No process of a function is used any more that runs now; those at work end when they are done. */
  retire(name: string): void {
    for (const member of this.#members) {
      if (member.name !== name) continue
      if (member.idleSince !== undefined) this.#end(member)
    }
  }

  /** Ends all of them at once, and whoever waits gets none. */
  clear(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const { resolve } of waiting) resolve(undefined)
    for (const member of this.#members) this.#end(member)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#sweeper)
    const gone = [...this.#members].map(({ process }) => process.gone)
    this.clear()
    await Promise.all(gone)
  }

  #lease(version: FunctionVersion): Lease<Process> | undefined {
    const { name } = version
    const key = keyOf(version)
    let ofFunction = 0
    for (const member of this.#members) {
      if (member.idleSince !== undefined && member.key === key && this.#isGood(member)) {
        return this.#use(member, false)
      }
      if (member.name === name) ofFunction += 1
    }
    const most = Math.min(MAX_PROCESSES_OF_FUNCTION, this.#options.limitOf(name) ?? Number.POSITIVE_INFINITY)
    if (ofFunction >= most) {
      // Versions of one function make room for each other.
      if (!this.#evict((member) => member.name === name)) return undefined
    } else if (this.#members.size >= MAX_PROCESSES && !this.#evict(() => true)) return undefined
    const startedAt = this.#options.now()
    const member = { process: this.#options.start(version), name, key, startedAt, idleSince: undefined }
    this.#members.add(member)
    return this.#use(member, true)
  }

  #use(member: Member<Process>, isNew: boolean): Lease<Process> {
    member.idleSince = undefined
    let isGivenBack = false
    return {
      process: member.process,
      isNew,
      giveBack: (isUsable) => {
        if (isGivenBack) return
        isGivenBack = true
        if (isUsable && this.#members.has(member)) member.idleSince = this.#options.now()
        else this.#end(member)
        this.#next()
      },
    }
  }

  #isGood({ process, startedAt }: Member<Process>): boolean {
    return !process.hasEnded && this.#options.now() - startedAt < MAX_AGE_MS
  }

  /** Whoever has waited longest of those who can be served. */
  #next(): void {
    this.#waiting = this.#waiting.filter(({ version, resolve }) => {
      const lease = this.#lease(version)
      if (lease) resolve(lease)
      return !lease
    })
  }

  /** Ends that idle one which nobody has needed longest. @returns whether there was one */
  #evict(isMeant: (member: Member<Process>) => boolean): boolean {
    let oldest: Member<Process> | undefined
    for (const member of this.#members) {
      if (member.idleSince === undefined || !isMeant(member)) continue
      if (oldest?.idleSince === undefined || member.idleSince < oldest.idleSince) oldest = member
    }
    if (oldest) this.#end(oldest)
    return oldest !== undefined
  }

  #end(member: Member<Process>): void {
    this.#members.delete(member)
    member.process.kill()
  }

  #sweep(): void {
    const now = this.#options.now()
    for (const member of this.#members) {
      if (member.idleSince === undefined) continue
      if (now - member.idleSince > IDLE_MS || !this.#isGood(member)) this.#end(member)
    }
  }
}

const keyOf = ({ name, version, revisionId }: FunctionVersion): string => `${name} ${version} ${revisionId}`
