import { readdirSync, readFileSync } from 'node:fs'
import { Finding } from './attack.ts'
import { Bystander } from './bystander.ts'
import { type Identity, Victim } from './server.ts'

/** What a server may hold after all that was done to it; its start takes a good 100 MB of it. */
const MOST_MEGABYTES = 1000

/** One server, whoever has been at it, and a client that behaves. */
export class Siege implements AsyncDisposable {
  readonly server: Victim
  readonly identity: Identity
  readonly #bystander: Bystander

  private constructor(server: Victim, identity: Identity, bystander: Bystander) {
    this.server = server
    this.identity = identity
    this.#bystander = bystander
  }

  /** `isPaced`: with AWS's own rates. */
  static async begin(options: { readonly isPaced?: boolean } = {}): Promise<Siege> {
    const server = await Victim.start(options)
    const identity = await server.identity()
    return new Siege(server, identity, await Bystander.at(server, identity))
  }

  /** @throws {Finding} where a bystander noticed something, or the server has grown without bound */
  async check(): Promise<void> {
    await this.#bystander.check()
    const megabytes = residentMegabytes(this.server.pid)
    if (megabytes > MOST_MEGABYTES) throw new Finding(`The server holds ${megabytes.toFixed(0)} MB of memory`)
  }

  /** Files and sockets that the server has open; 0 where the operating system does not tell. */
  get openFiles(): number {
    try {
      return readdirSync(`/proc/${this.server.pid}/fd`).length
    } catch {
      return 0
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#bystander.leave()
    await this.server[Symbol.asyncDispose]()
  }
}

/** 0 where the operating system does not tell. */
function residentMegabytes(pid: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1024
  } catch {
    return 0
  }
}
