import { Problem } from '../../problem.ts'
import type { Redis } from '../redis.ts'
import type { Change, Documents } from './documents.ts'

/** Sets the text where it is still the one that was read (`''`: none), or takes it away (`''`, too). */
const REPLACE = `
local now = redis.call('GET', KEYS[1])
if (now or '') ~= ARGV[1] then return 0 end
if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2]) end
return 1`

/** Two people who change the same document in the same moment are rare; more than this many rounds are a fault. */
const MOST_ROUNDS = 20

/** Documents that all consoles of an account share. */
export class RedisDocuments implements Documents {
  readonly lasts = true
  readonly #redis: Redis

  constructor(redis: Redis) {
    this.#redis = redis
  }

  async read(name: string): Promise<unknown> {
    const text = await this.#text(name)
    return text === '' ? undefined : JSON.parse(text)
  }

  async update(name: string, change: Change): Promise<unknown> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const before = await this.#text(name)
      const after = change(before === '' ? undefined : JSON.parse(before))
      const replaced = await this.#redis.ask((client) =>
        client.eval(REPLACE, { keys: [this.#key(name)], arguments: [before, JSON.stringify(after) ?? ''] }),
      )
      if (replaced === 1) return after
    }
    throw new Problem('STORE_UNAVAILABLE', `The document ${name} changed each time before it could be written.`)
  }

  #key(name: string): string {
    return this.#redis.key('document', name)
  }

  async #text(name: string): Promise<string> {
    return (await this.#redis.ask((client) => client.get(this.#key(name)))) ?? ''
  }
}
