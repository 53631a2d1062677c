import { endpoints, type WriteReport } from '@thingdeck/contract'
import { expect, expectTypeOf, test } from 'vitest'
import { fakeApi, json } from '../../test/fake-api.ts'
import { api } from './api.ts'

test('parameters and query are of the endpoint, and what is absent or empty is left out', async () => {
  const asked = fakeApi({ '/api/things': () => json({ things: [] }) })
  await api(endpoints.listThings, { query: { attributeValue: 'b&c', thingTypeName: undefined, nextToken: '' } })
  expect(asked).toEqual(['GET /api/things?attributeValue=b%26c'])
})

test('names are encoded, and JSON is what the contract says', async () => {
  const connection = { connected: false, toldBy: 'nobody' }
  fakeApi({ '/api/things/a%3Ab/connection': () => json(connection) })
  const answer = await api(endpoints.getThingConnection, { params: { thingName: 'a:b' } })
  expect(answer).toEqual(connection)
  expectTypeOf(answer.connectedSince).toEqualTypeOf<string | undefined>()
})

test('documents go and come as text, digit for digit', async () => {
  const document = '{"serial":12345678901234567890}'
  let sent: unknown
  fakeApi({
    'POST /api/things/pump-1/shadow': (_, init) => {
      sent = init?.body
      return new Response(document)
    },
  })
  const answer = await api(endpoints.updateShadow, { params: { thingName: 'pump-1' }, body: document })
  expect(answer).toBe(document)
  expect(sent).toBe(document)
})

test('no content is an empty document, or nothing at all', async () => {
  fakeApi({
    '/api/things/pump-1/shadow': () => new Response(null, { status: 204 }),
    'POST /api/audit/mqtt-writes': () => new Response(null, { status: 204 }),
  })
  expect(await api(endpoints.getShadow, { params: { thingName: 'pump-1' }, query: { optional: true } })).toBe('')
  const at = '2026-11-28T21:50:54Z'
  const body: WriteReport = {
    reportId: crypto.randomUUID(),
    writer: { sessionKey: 'key', clientId: 'thingdeck-ada-1' },
    from: at,
    to: at,
    write: { kind: 'shadow-delete', thingName: 'pump-1', changes: [] },
  }
  expect(await api(endpoints.reportWrite, { body })).toBeUndefined()
})

test('what an endpoint needs cannot be forgotten, and what it does not know cannot be given', () => {
  const calls = () => {
    // @ts-expect-error: the name of the thing is missing
    void api(endpoints.describeThing)
    // @ts-expect-error: `prefix` is no filter of ListThings
    void api(endpoints.listThings, { query: { prefix: 'a' } })
    // @ts-expect-error: a browser goes there by itself
    void api(endpoints.signIn)
  }
  expect(calls).toBeTypeOf('function')
})
