import { Signer } from '@fastify/cookie'
import { expect, test } from 'vitest'
import { MOST_SESSIONS } from '../session-life.ts'
import { SessionSigner } from './session-signer.ts'

const SECRET = 's'.repeat(32)
const plain = new Signer(SECRET)

test('it says what the plugin’s own signer says, the first time and again', () => {
  const signer = new SessionSigner(SECRET)
  const cookie = plain.sign('one')
  const wrong = [`${cookie}x`, `two${cookie.slice(3)}`, new Signer('t'.repeat(32)).sign('one'), 'one', 'one.', '']
  for (const _ of ['first', 'again']) {
    expect(signer.sign('one')).toBe(cookie)
    for (const each of [cookie, ...wrong]) expect(signer.unsign(each)).toEqual(plain.unsign(each))
  }
})

test('of more sessions than there may be the oldest are forgotten, and still let in', () => {
  const signer = new SessionSigner(SECRET)
  for (let index = 0; index <= MOST_SESSIONS; index++) signer.unsign(plain.sign(`session-${index}`))
  for (const id of ['session-0', `session-${MOST_SESSIONS}`]) {
    expect(signer.unsign(plain.sign(id))).toEqual({ valid: true, renew: false, value: id })
    expect(signer.sign(id)).toBe(plain.sign(id))
  }
})
