import { begun, DOCUMENT, defineEndpoints, EMPTY, json } from '@thingdeck/contract'
import Fastify from 'fastify'
import { Type } from 'typebox'
import { expect, onTestFinished, test } from 'vitest'
import { problems } from './problems.ts'
import { type EndpointHandler, route } from './route.ts'

const Lamp = Type.Object({ name: Type.String(), parts: Type.Array(Type.Object({ id: Type.String() })) })
const COMMON = { method: 'POST', access: 'viewer', audit: false, summary: 'x' } as const

const endpoints = defineEndpoints({
  describeLamp: { ...COMMON, path: '/lamp', answer: json(Lamp) },
  startLamp: { ...COMMON, path: '/start', answer: begun(Lamp) },
  echo: { ...COMMON, path: '/echo', body: { kind: 'document', maxBytes: 64 }, answer: DOCUMENT },
  forget: { ...COMMON, path: '/forget', answer: EMPTY },
  paint: { ...COMMON, path: '/paint', body: Type.Object({ colour: Type.String() }), answer: EMPTY },
})

async function start() {
  const app = Fastify({ ajv: { customOptions: { removeAdditional: false } } })
  onTestFinished(() => app.close())
  app.decorateRequest('auditProblem', null)
  await app.register(problems)
  return app
}

test('an answer has the members of its schema and no other, wherever they stand', async () => {
  const app = await start()
  // As AWS may answer more tomorrow than it does today.
  const lamp = { name: 'a', parts: [{ id: '1', secret: 's' }], secret: 's' }
  route(app, endpoints.describeLamp, async () => lamp)
  route(app, endpoints.startLamp, async () => lamp)
  const described = await app.inject({ method: 'POST', url: '/lamp' })
  const begunAnswer = await app.inject({ method: 'POST', url: '/start' })
  expect([described.statusCode, begunAnswer.statusCode]).toEqual([200, 202])
  expect(described.json()).toEqual({ name: 'a', parts: [{ id: '1' }] })
})

test('a document goes in and out as the text that it is; none is no content', async () => {
  const app = await start()
  const echo: EndpointHandler<typeof endpoints.echo> = async ({ body }) => (body === '{}' ? '' : body)
  route(app, endpoints.echo, echo)
  const send = (payload: string) =>
    app.inject({ method: 'POST', url: '/echo', headers: { 'content-type': 'application/json' }, payload })
  const text = '{"a":12345678901234567890}'
  expect([(await send(text)).body, (await send('{}')).statusCode]).toEqual([text, 204])
  expect((await send(`"${'x'.repeat(64)}"`)).statusCode).toBe(400)
})

test('where no body is due, nothing is right, and a stranger in it is refused by name', async () => {
  const app = await start()
  route(app, endpoints.forget, async () => undefined)
  route(app, endpoints.paint, async () => undefined)
  expect((await app.inject({ method: 'POST', url: '/forget' })).statusCode).toBe(204)
  expect((await app.inject({ method: 'POST', url: '/forget', payload: {} })).statusCode).toBe(204)
  const refused = await app.inject({ method: 'POST', url: '/forget', payload: { stranger: 1 } })
  expect([refused.statusCode, refused.json().detail]).toEqual([400, expect.stringContaining("'stranger'")])
  expect((await app.inject({ method: 'POST', url: '/paint' })).statusCode).toBe(400)
})
