import { randomBytes } from 'node:crypto'
import type { Config } from '../config.ts'
import type { Person } from '../person.ts'
import { createSeal } from '../stores/seal.ts'

const PLACE = 'mqtt credentials'

/** To whom the credentials were given that a page connects with. */
export interface KeyHolder {
  readonly person: Person
  /** Client ids of these credentials begin with it; the policy admits no others. */
  readonly clientIdPrefix: string
}

/**
 * Keys that go out with MQTT credentials and come back with reports of what was written with them, so that nobody's
 * write is taken for another's. They are sealed, and need no memory: any console with the same secret opens them.
 */
export interface SessionKeys {
  keyOf(holder: KeyHolder): string
  /** @returns undefined for what was not given out with this secret */
  holderOf(key: string): KeyHolder | undefined
}

export function createSessionKeys({ sessionSecret }: Pick<Config, 'sessionSecret'>): SessionKeys {
  const seal = createSeal(sessionSecret ?? randomBytes(32).toString('base64url'), 'thingdeck mqtt sessions')
  return {
    keyOf: ({ person: { id, name, role }, clientIdPrefix }) =>
      seal.seal(JSON.stringify({ person: { id, name, role }, clientIdPrefix }), PLACE),
    holderOf(key) {
      const text = seal.open(key, PLACE)
      return text === undefined ? undefined : (JSON.parse(text) as KeyHolder) // sealed above
    },
  }
}
