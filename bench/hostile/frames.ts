import type { Attack, Tally } from './attack.ts'
import { MQTT_DOORS, throwAt } from './doors.ts'
import { conversation } from './packets.ts'
import type { Random } from './random.ts'
import { Siege } from './siege.ts'

const CONVERSATIONS = 100
/** So many at a time, so that clients of the same id meet. */
const AT_A_TIME = 10

/** Conversations of MQTT, right, wrong and broken, at every door that MQTT has. */
export class Frames implements Attack {
  readonly name = 'frames'
  #siege: Siege | undefined

  async round(random: Random): Promise<Tally> {
    this.#siege ??= await Siege.begin()
    const { server, identity } = this.#siege
    let bytes = 0
    for (let count = 0; count < CONVERSATIONS; count += AT_A_TIME) {
      const talks = Array.from({ length: AT_A_TIME }, () => ({
        door: random.pick(MQTT_DOORS),
        said: conversation(random),
      }))
      await Promise.all(talks.map(async ({ door, said }) => throwAt(await door(server, identity), said, random)))
      bytes += talks.reduce((sum, { said }) => sum + said.length, 0)
      await this.#siege.check()
    }
    return { conversations: CONVERSATIONS, bytes }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#siege?.[Symbol.asyncDispose]()
  }
}
