import type * as cognitoIdentity from '@aws-sdk/client-cognito-identity'
import * as iot from '@aws-sdk/client-iot'
import { describe, expect, test } from 'vitest'
import {
  type ApiOptions,
  AwsError,
  COGNITO_IDENTITY,
  coverage,
  createAwsApi,
  defineLazyService,
  IOT,
  type LazyService,
} from '../src/index.ts'
import { startApi } from './api-server.ts'
import { send, signedFor } from './raw-request.ts'

/** A service that counts how often it is loaded, and how a test lets that end. */
function counted(load: (attempt: number) => Promise<void> = async () => {}) {
  const counts = { loads: 0 }
  const service = defineLazyService<typeof iot, string>({
    ...IOT,
    load: async () => {
      counts.loads += 1
      await load(counts.loads)
      return {
        sdk: iot,
        handlers: {
          DescribeThing: ({ thingName }) => ({ thingName }),
          DeleteThing: () => {
            throw new AwsError('VersionConflictException', 'no')
          },
        },
      }
    },
  })
  return { counts, service }
}

function apiOf(service: LazyService<string>, more: Partial<ApiOptions<string>> = {}) {
  const faults: unknown[] = []
  const onFault = (error: unknown) => faults.push(error)
  const identity = defineLazyService<typeof cognitoIdentity, string>({
    ...COGNITO_IDENTITY,
    load: () => Promise.reject(new Error('not installed')),
  })
  return { faults, options: { services: [service, identity], authenticate: () => 'me', onFault, ...more } }
}

const describeThing = (url: string, name = 'a') => send(url, 'GET', `/things/${name}`, signedFor('iot'))

describe('a service whose content is loaded when it is first called', () => {
  test('is not loaded by what is not for it, and once by all first calls together', async () => {
    const gate = Promise.withResolvers<void>()
    const { counts, service } = counted(() => gate.promise)
    const { options } = apiOf(service)
    await using server = await startApi(options)
    await send(server.url, 'GET', '/things/a', signedFor('dynamodb'))
    await send(server.url, 'GET', '/things/a')
    expect(counts.loads).toBe(0)
    const answers = ['a', 'b', 'c'].map((name) => describeThing(server.url, name))
    gate.resolve()
    expect((await Promise.all(answers)).map(({ text }) => JSON.parse(text).thingName)).toEqual(['a', 'b', 'c'])
    expect((await describeThing(server.url, 'd')).status).toBe(200)
    expect(counts.loads).toBe(1)
  })

  test('answers errors, 501 and what no operation answers as any other', async () => {
    const { service } = counted()
    await using server = await startApi(apiOf(service).options)
    const signed = signedFor('iot')
    const first = await send(server.url, 'DELETE', '/things/a', signed)
    expect([first.status, first.headers['x-amzn-errortype']]).toEqual([409, 'VersionConflictException'])
    expect((await send(server.url, 'GET', '/things', signed)).status).toBe(501)
    expect((await send(server.url, 'GET', '/nothing', signed)).status).toBe(404)
  })

  test('that cannot be loaded answers 500 in its protocol, says why to onFault, and tries again', async () => {
    const { counts, service } = counted(async (attempt) => {
      if (attempt === 1) throw new Error('disk')
    })
    const { faults, options } = apiOf(service)
    await using server = await startApi(options)
    const failed = await Promise.all([describeThing(server.url), describeThing(server.url)])
    expect(failed.map(({ status }) => status)).toContain(500)
    expect(faults[0]).toEqual(new Error('disk'))
    expect(failed[0]?.headers['x-amzn-errortype']).toBe('InternalFailure')
    expect((await describeThing(server.url)).status).toBe(200)
    expect(counts.loads).toBe(2)
    const headers = { 'x-amz-target': 'AWSCognitoIdentityService.GetId' }
    const identity = await send(server.url, 'POST', '/', headers, '{"IdentityPoolId":"eu-west-1:0"}')
    expect(identity).toMatchObject({ status: 500, headers: { 'content-type': 'application/x-amz-json-1.1' } })
    expect(JSON.parse(identity.text)).toMatchObject({ __type: 'InternalFailure' })
    expect(identity.text).not.toContain('not installed')
  })

  test('and has a handler of nothing says so in every answer, and to whoever asks what is there', async () => {
    const service: LazyService<string> = {
      ...IOT,
      load: async () => ({ sdk: iot, handlers: { CreateThng: () => ({}) } }),
    }
    const { faults, options } = apiOf(service, { services: [service] })
    await using server = await startApi(options)
    expect((await describeThing(server.url)).status).toBe(500)
    expect(faults).toEqual([new Error('iot has no operation CreateThng')])
    await expect(coverage(createAwsApi({ ...options, services: [service] }))).rejects.toThrow('CreateThng')
  })

  test('is loaded by whoever asks what is there', async () => {
    const { counts, service } = counted()
    const { options } = apiOf(service)
    const [found] = await coverage(createAwsApi({ ...options, services: [service] }))
    expect(found).toMatchObject({ signingName: 'iot', implementedCount: 2 })
    expect(counts.loads).toBe(1)
  })

  test('clashes by name with another at the start, before either is loaded', () => {
    const { service } = counted()
    const { options } = apiOf(service)
    expect(() => createAwsApi({ ...options, services: [service, counted().service] })).toThrow(
      'Two services are called iot',
    )
  })

  test('has handlers that the compiler checks', () => {
    defineLazyService<typeof iot, string>({
      ...IOT,
      // @ts-expect-error there is no such operation
      load: async () => ({ sdk: iot, handlers: { CreateThng: () => ({}) } }),
    })
    defineLazyService<typeof iot, string>({
      ...IOT,
      // @ts-expect-error the name of a thing is no number
      load: async () => ({ sdk: iot, handlers: { CreateThing: () => ({ thingName: 7 }) } }),
    })
  })
})

describe('perform', () => {
  test('has the handler to do, and what it answers with goes out; not where the handler refuses', async () => {
    const { service } = counted()
    let done = 0
    const perform = async (work: () => unknown) => {
      const output = await work()
      done++
      return output
    }
    await using server = await startApi(apiOf(service, { perform }).options)
    expect((await describeThing(server.url)).status).toBe(200)
    expect(done).toBe(1)
    await send(server.url, 'DELETE', '/things/a', signedFor('iot'))
    expect(done).toBe(1)
  })

  test('that fails is a 500', async () => {
    const { service } = counted()
    const { faults, options } = apiOf(service, { perform: () => Promise.reject(new Error('disk full')) })
    await using server = await startApi(options)
    expect((await describeThing(server.url)).status).toBe(500)
    expect(faults).toEqual([new Error('disk full')])
  })
})
