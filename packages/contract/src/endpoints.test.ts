import { expect, test } from 'vitest'
import { addressOf, type Endpoint, isDocument } from './endpoint.ts'
import { endpoints } from './endpoints.ts'

const ALL: readonly Endpoint[] = Object.values(endpoints)

test('no two endpoints have the same method and path', () => {
  const addresses = ALL.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`)
  expect(new Set(addresses).size).toBe(addresses.length)
})

test.each(ALL)('$name names the parameters of its path', ({ path, params }) => {
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name)
  expect(Object.keys(params?.properties ?? {})).toEqual(named)
})

/** Every object of a schema that says nothing of further members, by where it stands. */
function open(schema: unknown, at: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const within = Object.entries(schema).flatMap(([keyword, value]) => open(value, `${at}/${keyword}`))
  const isOpen = 'type' in schema && schema.type === 'object' && 'properties' in schema
  return isOpen && !('additionalProperties' in schema) ? [at, ...within] : within
}

test.each(ALL)('$name is closed in all that it takes and answers', ({ params, query, body, answer }) => {
  const schemas = { params, query, body: body && isDocument(body) ? undefined : body, answer }
  expect(open(schemas, '')).toEqual([])
})

test('the one open query is that of the issuer, of which nothing is kept', () => {
  const opened = ALL.filter(({ query }) => query && 'additionalProperties' in query && query.additionalProperties)
  expect(opened.map(({ name }) => name)).toEqual(['finishSignIn'])
})

test.each([
  [endpoints.listThings, {}, '/api/things'],
  [endpoints.describeThing, { params: { thingName: 'a:b' } }, '/api/things/a%3Ab'],
  [
    endpoints.listThings,
    { query: { nextToken: '', thingTypeName: undefined, maxResults: 2 } },
    '/api/things?maxResults=2',
  ],
  [endpoints.searchFleet, { query: { connected: false } }, '/api/fleet/things?connected=false'],
  [
    endpoints.countFleet,
    { query: { attribute: ['a=1', 'b&c=2'] } },
    '/api/fleet/count?attribute=a%3D1&attribute=b%26c%3D2',
  ],
])('the address of $name', (endpoint, options, address) => {
  expect(addressOf(endpoint, options)).toBe(address)
})
