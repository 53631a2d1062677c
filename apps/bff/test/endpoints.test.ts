import { addressOf, type Endpoint, endpoints, isDocument } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'
import { sampleOf } from './sample.ts'

let console: TestConsole
const grace = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(grace, console.url, 'grace') // an admin: no role stands in the way
})
afterAll(async () => console[Symbol.asyncDispose]())

const ALL: readonly Endpoint[] = Object.values(endpoints)

/** The body with the members that have to be there, so that only the one too many is wrong. */
const bodyOf = ({ body }: Endpoint): object | undefined =>
  body && !isDocument(body) ? (sampleOf(body) as object) : undefined // every body of JSON is an object

const textsOf = (members: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(members ?? {}).map(([name, value]) => [name, String(value)]))

async function call(endpoint: Endpoint, stranger: Readonly<Record<string, string>>, body?: object) {
  const params = textsOf(endpoint.params && sampleOf(endpoint.params))
  const query = { ...textsOf(endpoint.query && sampleOf(endpoint.query)), ...stranger }
  const response = await grace.fetch(`${console.url}${addressOf(endpoint, { params, query })}`, {
    method: endpoint.method,
    headers: { origin: console.url, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as { code?: string; detail?: string } }
}

const REFUSED = { status: 400, body: { code: 'BAD_REQUEST', detail: expect.stringContaining("'stranger'") } }

test('every endpoint of the contract has its route, and every route is one of these', () => {
  for (const { method, path } of ALL) expect(console.app.hasRoute({ method, url: path }), path).toBe(true)
  const paths = console.app.swagger().paths as Record<string, Record<string, { operationId: string }>> // as we made it
  const documented = Object.values(paths).flatMap((each) => Object.values(each).map(({ operationId }) => operationId))
  expect(documented.sort()).toEqual(ALL.map(({ name }) => name).sort())
})

// An issuer may add to its answer what it likes (RFC 6749 §4.1.2): of all queries this one is open.
test.each(ALL.filter(({ name }) => name !== 'finishSignIn'))(
  '$name refuses a member of the query that nobody described',
  async (endpoint) => {
    expect(await call(endpoint, { stranger: 'x' }, bodyOf(endpoint))).toMatchObject(REFUSED)
  },
)

// A document is AWS's to judge: it says itself what it does not know.
const WITH_BODY = ALL.filter(({ method, body }) => method !== 'GET' && !(body && isDocument(body)))

test.each(WITH_BODY)('$name refuses a member of the body that nobody described', async (endpoint) => {
  const body = { ...bodyOf(endpoint), stranger: 'x' }
  expect(await call(endpoint, {}, body)).toMatchObject(REFUSED)
})

test('a member within the body is refused, too', async () => {
  const targets = { thingNames: ['lamp-1'], stranger: 'x' }
  expect(await call(endpoints.previewBulkChange, {}, { targets })).toMatchObject(REFUSED)
  const changes = [{ path: '$.desired.on', stranger: 'x' }]
  const write = { kind: 'shadow-update', thingName: 'lamp-1', changes }
  expect(await call(endpoints.reportWrite, {}, { ...bodyOf(endpoints.reportWrite), write })).toMatchObject(REFUSED)
})
