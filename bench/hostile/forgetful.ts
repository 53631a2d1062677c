import { Finding } from './attack.ts'
import { PERSISTENT } from './receivers.ts'
import type { Account, Clients } from './visit.ts'
import type { Writer } from './writers.ts'

const CLIENT_ID = 'forgetful'
const MESSAGES = 400
const FILLING = 'x'.repeat(1000)

/** Lets a long queue grow and comes back without a session: what waited is then never to be seen again. */
export class Forgetful implements Writer {
  /** Messages of an earlier generation were given up by a clean start that was acknowledged. */
  #generation = 0
  #forgotten = 0

  get size(): number {
    return this.#forgotten
  }

  async write({ server, identity, publisher }: Clients): Promise<void> {
    const away = await server.connect(identity, { clientId: CLIENT_ID, ...PERSISTENT })
    away.on('message', () => {})
    await away.subscribeAsync('old/#', { qos: 1 })
    await away.endAsync()
    const text = `${this.#generation}:${FILLING}`
    await Promise.all(Array.from({ length: MESSAGES }, () => publisher.publishAsync('old/message', text, { qos: 1 })))
    const back = await server.connect(identity, { clientId: CLIENT_ID, clean: true })
    this.#generation += 1
    this.#forgotten += MESSAGES
    await back.endAsync()
  }

  async check({ server, identity }: Account): Promise<void> {
    const generations: number[] = []
    const last = Promise.withResolvers<void>()
    const back = await server.connect(identity, { clientId: CLIENT_ID, ...PERSISTENT }, (topic, payload) => {
      if (topic === 'old/last') last.resolve()
      else generations.push(Number.parseInt(payload.toString(), 10))
    })
    await back.subscribeAsync('old/#', { qos: 1 })
    await back.publishAsync('old/last', '', { qos: 1 })
    await last.promise
    await back.endAsync()
    const old = generations.filter((generation) => generation < this.#generation)
    if (old.length > 0) throw new Finding(`${old.length} messages came back that a clean start had given up`)
  }
}
