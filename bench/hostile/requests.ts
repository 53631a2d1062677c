import { type Attack, Finding, type Tally } from './attack.ts'
import { HTTP_DOORS, MQTT_DOORS, portOf, throwAt } from './doors.ts'
import { deepRequest, scraps } from './http-requests.ts'
import type { Random } from './random.ts'
import { Siege } from './siege.ts'

const REQUESTS = 200
const AT_A_TIME = 10

/**
 * Requests over HTTP at every door: signed ones with input of all kinds, and bytes that are none, also where MQTT is
 * spoken. Whatever comes, no answer says that the server failed.
 */
export class Requests implements Attack {
  readonly name = 'requests'
  #siege: Siege | undefined

  async round(random: Random): Promise<Tally> {
    this.#siege ??= await Siege.begin()
    let answered = 0
    let accepted = 0
    for (let count = 0; count < REQUESTS; count += AT_A_TIME) {
      const answers = await Promise.all(Array.from({ length: AT_A_TIME }, () => this.#send(random)))
      answered += answers.filter((answer) => answer.length > 0).length
      accepted += answers.filter((answer) => answer.includes('HTTP/1.1 2')).length
      await this.#siege.check()
    }
    return { requests: REQUESTS, answered, accepted }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#siege?.[Symbol.asyncDispose]()
  }

  async #send(random: Random): Promise<Buffer> {
    const siege = this.#siege
    if (!siege) throw new Error('There is no server before the first round')
    const { server, identity } = siege
    const isDeep = random.chance(0.6)
    const bytes = isDeep ? deepRequest(random, portOf(server.ready.http)) : scraps(random)
    const doors = isDeep || random.chance(0.8) ? HTTP_DOORS : MQTT_DOORS
    // One that is signed closes its connection once it was answered; one that is not is over when its bytes are.
    const sent = isDeep ? withClose(bytes) : bytes
    const answer = await throwAt(await random.pick(doors)(server, identity), sent, random)
    const [failed] = /HTTP\/1\.1 5(?!01)\d\d[^\r]*/.exec(answer.toString('latin1')) ?? []
    if (failed !== undefined) {
      throw new Finding(`${failed}, to ${JSON.stringify(sent.toString('latin1'))}: ${answer.toString().slice(0, 500)}`)
    }
    return answer
  }
}

const withClose = (request: Buffer) =>
  Buffer.from(request.toString('latin1').replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n'), 'latin1')
