import { expect, test } from 'vitest'
import { pathStyle } from './path-style.ts'

const urlOf = (host: string, url: string, ...own: string[]) =>
  pathStyle({ method: 'GET', url, headers: { host }, body: Buffer.alloc(0) }, own)

test('a bucket in the name of the server stands in the path then', () => {
  expect(urlOf('raw.localhost:7400', '/a%20b?x=1').url).toBe('/raw/a%20b?x=1')
  expect(urlOf('my.raw.iot.example.com', '/', 'iot.example.com').url).toBe('/my.raw/')
  expect(urlOf('raw.iot:7400', '/a', 'localhost', 'iot').url).toBe('/raw/a')
})

test('the own names of the server and addresses are no buckets', () => {
  expect(urlOf('localhost:7400', '/raw/a').url).toBe('/raw/a')
  expect(urlOf('127.0.0.1:7400', '/raw/a').url).toBe('/raw/a')
  expect(urlOf('iot.example.com:7400', '/raw/a', 'iot.example.com').url).toBe('/raw/a')
})

test('behind a bucket there is a slash, so that the server behind takes none for a path of its own', () => {
  expect(urlOf('localhost', '/health').url).toBe('/health/')
  expect(urlOf('localhost', '/health?list-type=2').url).toBe('/health/?list-type=2')
  expect(urlOf('localhost', '/raw/a').url).toBe('/raw/a')
  expect(urlOf('localhost', '/?x=1').url).toBe('/?x=1')
})

test('the server behind is told no name that it would read a bucket from', () => {
  expect(urlOf('raw.localhost:7400', '/').headers.host).toBe('localhost')
})
