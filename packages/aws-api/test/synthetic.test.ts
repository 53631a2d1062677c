import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { Service, ServiceTraits } from '../src/index.ts'
import { startApi } from './api-server.ts'
import { send, signedFor } from './raw-request.ts'

/**
 * What restJson1 has and the services of AWS IoT do not use, in a model of our own, written as the SDK writes its
 * schemas: `[3, namespace, name, traits, members, their schemas, how many are required]`.
 */
const NS = 'example'
const StringList = [1, NS, 'StringList', 0, 0]
const SparseList = [1, NS, 'SparseList', { sparse: 1 }, 0]
const DateList = [1, NS, 'DateList', 0, 4]
const StringMap = [2, NS, 'StringMap', 0, 0, 0]
const ListMap = [2, NS, 'ListMap', 0, 0, () => StringList]
const SparseMap = [2, NS, 'SparseMap', { sparse: 1 }, 0, 0]

const members = (name: string, schemas: Record<string, unknown>, required = 0) => {
  return [3, NS, name, 0, Object.keys(schemas), Object.values(schemas), required]
}
const operation = (name: string, method: string, path: string, input: unknown, output: unknown) => {
  return [9, NS, name, { http: [method, path, 200] }, () => input, () => output]
}

const Bound = members('Bound', {
  tags: [() => StringList, { httpQuery: 'tag' }],
  since: [() => DateList, { httpQuery: 'since' }],
  rest: [() => ListMap, { httpQueryParams: 1 }],
  names: [() => StringList, { httpHeader: 'X-Names' }],
  at: [4, { httpHeader: 'X-At' }],
  seconds: [7, { httpHeader: 'X-Seconds' }],
  meta: [() => StringMap, { httpPrefixHeaders: 'X-Meta-' }],
  code: [1, 32],
})
const Body = members('Body', {
  renamed: [0, { jsonName: 'other-name' }],
  document: 15,
  dateTime: 5,
  httpDate: 6,
  sparseList: () => SparseList,
  sparseMap: () => SparseMap,
  self: () => Body,
})
const Text = members('Text', { text: [0, 16] })
const Structure = members('Structure', { body: [() => Body, 16] })
const Bytes = members('Bytes', { stream: [42, 16] })
const Busy = [-3, NS, 'Busy', { error: 'server', httpError: 503 }, ['retryAfter'], [[1, { httpHeader: 'Retry-After' }]]]

const sdk: object = {
  Bind$: operation('Bind', 'PUT', '/bind', Bound, Bound),
  BindLiteral$: operation('BindLiteral', 'PUT', '/bind?kind=literal', Bound, 'unit'),
  Echo$: operation('Echo', 'PUT', '/echo', Body, Body),
  EchoText$: operation('EchoText', 'PUT', '/text', Text, Text),
  EchoStructure$: operation('EchoStructure', 'PUT', '/structure', Structure, Structure),
  Download$: operation('Download', 'GET', '/download', 'unit', Bytes),
  Busy$: Busy,
}
const traits: ServiceTraits = {
  signingNames: ['example'],
  protocol: 'restJson1',
  validationError: 'ValidationException',
}

/** A service whose handlers answer their input. */
function serve(handlers: Service<string>['handlers'] = {}) {
  const seen: unknown[] = []
  const echo = (input: unknown) => {
    seen.push(input)
    return input
  }
  const echoes = { Bind: echo, BindLiteral: echo, Echo: echo, EchoText: echo, EchoStructure: echo }
  const service = { ...traits, sdk, handlers: { ...echoes, ...handlers } }
  return { seen, server: startApi({ services: [service], authenticate: () => 'me' }) }
}
const put = async (url: string, path: string, headers: Record<string, string>, body = '') => {
  return await send(url, 'PUT', path, { ...signedFor('example'), ...headers }, body)
}

test('lists, maps and moments in query and headers', async () => {
  const { seen, server } = serve()
  await using api = await server
  const headers = {
    'X-Names': 'a, "b,c"',
    'X-At': 'Thu, 28 May 2015 00:00:00 GMT',
    'X-Seconds': '1.5',
    'X-Meta-One': '1',
    'x-meta-two': '2',
  }
  const query = 'tag=x&tag=y&since=2015-05-28T00%3A00%3A00Z&free=1&free=2'
  const answer = await put(api.url, `/bind?${query}`, headers)
  expect(seen).toEqual([
    {
      tags: ['x', 'y'],
      since: [new Date(Date.UTC(2015, 4, 28))],
      rest: { free: ['1', '2'] },
      names: ['a', 'b,c'],
      at: new Date(Date.UTC(2015, 4, 28)),
      seconds: new Date(1500),
      meta: { one: '1', two: '2' },
    },
  ])
  expect(answer.headers).toMatchObject({
    'x-names': 'a, "b,c"',
    'x-at': 'Thu, 28 May 2015 00:00:00 GMT',
    'x-seconds': '1.5',
    'x-meta-one': '1',
  })
})

test('query literals choose the operation', async () => {
  const { server } = serve({ BindLiteral: () => ({}), Bind: () => ({ code: 202 }) })
  await using api = await server
  expect((await put(api.url, '/bind?kind=literal', {})).status).toBe(200)
  expect((await put(api.url, '/bind?kind=other', {})).status).toBe(202)
})

test('JSON names, documents, sparse collections, timestamps by trait', async () => {
  const { seen, server } = serve()
  await using api = await server
  const json = {
    'other-name': 'a',
    document: { deep: [1, null, { x: true }] },
    dateTime: '2015-05-28T00:00:00.5Z',
    httpDate: 'Thu, 28 May 2015 00:00:00 GMT',
    sparseList: ['a', null],
    sparseMap: { a: null },
    self: { self: { 'other-name': 'b' } },
  }
  const answer = await put(api.url, '/echo', {}, JSON.stringify(json))
  expect(seen).toEqual([
    {
      renamed: 'a',
      document: json.document,
      dateTime: new Date(Date.UTC(2015, 4, 28, 0, 0, 0, 500)),
      httpDate: new Date(Date.UTC(2015, 4, 28)),
      sparseList: ['a', null],
      sparseMap: { a: null },
      self: { self: { renamed: 'b' } },
    },
  ])
  expect(JSON.parse(answer.text)).toEqual({ ...json, dateTime: '2015-05-28T00:00:00.500Z' })
})

describe('documents and structures that hold themselves end somewhere', () => {
  test.each(['{"document":', '{"self":'])('%s…', async (start) => {
    const { server } = serve()
    await using api = await server
    const nest = (depth: number) => `${start.repeat(depth)}{}${'}'.repeat(depth)}`
    const list = (depth: number) => `{"document":${'['.repeat(depth)}${']'.repeat(depth)}}`
    expect((await put(api.url, '/echo', {}, nest(40))).status).toBe(200)
    expect(await put(api.url, '/echo', {}, nest(20_000))).toMatchObject({ status: 400 })
    expect(await put(api.url, '/echo', {}, list(200_000))).toMatchObject({
      status: 400,
      headers: { 'x-amzn-errortype': 'SerializationException' },
    })
  })
})

test.each([
  ['/text', 'plain', { text: 'plain' }, 'text/plain'],
  ['/structure', '{"other-name":"a"}', { body: { renamed: 'a' } }, 'application/json'],
])('payload of %s', async (path, body, input, contentType) => {
  const { seen, server } = serve()
  await using api = await server
  const answer = await put(api.url, path, {}, body)
  expect(seen).toEqual([input])
  expect(answer).toMatchObject({ text: body, headers: { 'content-type': contentType } })
})

test('a payload may be a stream', async () => {
  const { server } = serve({ Download: () => ({ stream: Readable.from([Buffer.from('a'), Buffer.from('b')]) }) })
  await using api = await server
  const answer = await send(api.url, 'GET', '/download', signedFor('example'))
  expect(answer).toMatchObject({ status: 200, text: 'ab', headers: { 'content-type': 'application/octet-stream' } })
})

test('a stream that fails breaks the connection off instead of looking whole', async () => {
  async function* failing() {
    yield Buffer.from('a')
    throw new Error('disk')
  }
  const { server } = serve({ Download: () => ({ stream: failing() }) })
  await using api = await server
  await expect(send(api.url, 'GET', '/download', signedFor('example'))).rejects.toThrow()
})
