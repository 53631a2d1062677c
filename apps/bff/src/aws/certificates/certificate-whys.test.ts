import { expect, test } from 'vitest'
import { whysOf } from './certificate-whys.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const thing = (thingName: string, state: { connected?: boolean; changedAt?: string } = {}) => ({ thingName, ...state })
const FINE = {
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-01-01T00:00:00Z',
  things: [thing('pump-1', { connected: true })],
  thingCount: 1,
  toldBy: 'index' as const,
}
const NEVER = [thing('pump-1', { connected: false })]
const BOTH = [thing('pump-1', { connected: true }), thing('pump-2', { connected: true })]
const EARLIER = [thing('pump-1', { connected: true, changedAt: '2025-12-31T23:59:59Z' })]
const ONCE = [thing('pump-1', { connected: false, changedAt: '2026-01-02T00:00:00Z' })]

test.each([
  ['nothing is the matter', {}, []],
  ['its time is over', { notAfter: '2026-06-01T00:00:00Z' }, ['expired']],
  ['29 days are left', { notAfter: '2026-06-30T00:00:00Z' }, ['expiring']],
  ['30 days are left', { notAfter: '2026-07-01T00:00:00Z' }, []],
  ['it is on no thing', { things: [], thingCount: 0 }, ['onNothing']],
  ['two devices are connected with it', { things: BOTH, thingCount: 2 }, ['shared']],
  ['two things have it, one is connected', { things: [...FINE.things, thing('pump-2')], thingCount: 2 }, []],
  ['the index never saw its thing', { things: NEVER }, ['neverSeen']],
  ['its thing was seen once', { things: ONCE }, []],
  [
    'its thing is connected since before it was made',
    { things: EARLIER, createdAt: new Date('2026-01-01T00:00:00Z') },
    ['neverSeen'],
  ],
  ['there is no index: nobody knows', { things: NEVER, toldBy: 'connection' as const }, []],
  ['not all of its things were asked for', { things: NEVER, thingCount: 9 }, []],
  ['of one of its things it is not known', { things: [...NEVER, thing('pump-2')], thingCount: 2 }, []],
  ['AWS IoT made it: nobody chose its end', { notAfter: '2049-12-31T23:59:59Z' }, []],
  ['an own CA made it to last as long', { notAfter: '2049-12-31T23:59:59Z', caCertificateId: 'ca' }, ['longLived']],
  ['it was registered without a CA, and lasts', { notAfter: '2040-01-01T00:00:00Z' }, ['longLived']],
  ['it has no end (RFC 5280, 4.1.2.5)', { notAfter: '9999-12-31T23:59:59Z', caCertificateId: 'ca' }, ['longLived']],
  ['its validity is not known', { notBefore: undefined, notAfter: undefined }, []],
])('%s', (_, known, whys) => {
  const { notBefore, notAfter, ...rest } = { ...FINE, ...known }
  const times = { ...(notBefore !== undefined && { notBefore }), ...(notAfter !== undefined && { notAfter }) }
  expect(whysOf({ ...rest, ...times }, undefined, NOW)).toEqual(whys)
})

test('the worst is said first', () => {
  const facts = { subject: '', issuer: '', key: 'RSA 1024', isWeak: true }
  const known = { ...FINE, notAfter: '2026-05-01T00:00:00Z', things: [], thingCount: 0 }
  expect(whysOf(known, facts, NOW)).toEqual(['expired', 'weak', 'onNothing'])
})
