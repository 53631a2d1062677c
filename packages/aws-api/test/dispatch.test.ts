import * as cognitoIdentity from '@aws-sdk/client-cognito-identity'
import * as iot from '@aws-sdk/client-iot'
import * as iotData from '@aws-sdk/client-iot-data-plane'
import * as iotJobsData from '@aws-sdk/client-iot-jobs-data-plane'
import { describe, expect, test } from 'vitest'
import {
  type ApiOptions,
  COGNITO_IDENTITY,
  coverage,
  createAwsApi,
  defineService,
  IOT,
  IOT_DATA,
  IOT_JOBS_DATA,
} from '../src/index.ts'
import { startApi } from './api-server.ts'
import { send, signedFor } from './raw-request.ts'

const thing = (thingName: string) => ({ thingName, thingArn: `arn:${thingName}`, thingId: '1' })

const control = defineService<typeof iot, string>(iot, {
  ...IOT,
  handlers: {
    CreateThing: ({ thingName }) => thing(thingName),
    ListJobExecutionsForThing: () => ({ nextToken: 'control plane' }),
    DeletePolicy: () => ({}),
  },
})
const published: object[] = []
const data = defineService<typeof iotData, string>(iotData, {
  ...IOT_DATA,
  handlers: {
    Publish(input, call) {
      published.push({ ...input, payload: new TextDecoder().decode(input.payload), by: call.caller })
      return {}
    },
    GetThingShadow: () => ({ payload: new TextEncoder().encode('{"state":{}}') }),
  },
})
const jobs = defineService<typeof iotJobsData, string>(iotJobsData, {
  ...IOT_JOBS_DATA,
  handlers: { GetPendingJobExecutions: () => ({ queuedJobs: [{ jobId: 'devices' }] }) },
})
const identity = defineService<typeof cognitoIdentity, string>(cognitoIdentity, {
  ...COGNITO_IDENTITY,
  handlers: {
    GetId: (_input, { caller, operation, service }) => ({ IdentityId: `${caller} ${operation} ${service}` }),
    DescribeIdentity: (_input, { caller }) => ({ IdentityId: caller }),
  },
})

const options: ApiOptions<string> = {
  services: [control, data, jobs, identity],
  authenticate: (request, _service, operation) => {
    if (request.headers.authorization !== undefined) return 'signed'
    return operation.unsigned ? 'anonymous' : 'certificate'
  },
}
const JSON_TARGET = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSCognitoIdentityService.GetId' }

describe('a request finds its service', () => {
  test('by the signing name: the same path belongs to two services', async () => {
    await using server = await startApi(options)
    const path = '/things/pump-7/jobs'
    const onControl = await send(server.url, 'GET', path, signedFor('iot'))
    const onJobs = await send(server.url, 'GET', path, signedFor('iot-jobs-data'))
    expect(JSON.parse(onControl.text)).toEqual({ nextToken: 'control plane' })
    expect(JSON.parse(onJobs.text)).toEqual({ queuedJobs: [{ jobId: 'devices' }] })
  })

  test.each(['iotdata', 'iotdevicegateway'])('by each of its signing names: %s', async (name) => {
    await using server = await startApi(options)
    const answer = await send(server.url, 'GET', '/things/pump-7/shadow', signedFor(name))
    expect(answer).toMatchObject({ status: 200, text: '{"state":{}}' })
    expect(answer.headers['content-type']).toBe('application/json')
  })

  test('by the credential of a presigned URL', async () => {
    await using server = await startApi(options)
    const credential = encodeURIComponent('AKID/20250101/eu-west-1/iot/aws4_request')
    const answer = await send(server.url, 'POST', `/things/a?X-Amz-Credential=${credential}`)
    expect(answer.status).toBe(200)
  })

  test('by X-Amz-Target where nothing is signed', async () => {
    await using server = await startApi(options)
    const answer = await send(server.url, 'POST', '/', JSON_TARGET, '{"IdentityPoolId":"eu-west-1:0"}')
    expect(JSON.parse(answer.text)).toEqual({ IdentityId: 'anonymous GetId cognito-identity' })
    expect(answer.headers['content-type']).toBe('application/x-amz-json-1.1')
  })

  test('by what claims it where it names no service: a device over mutual TLS', async () => {
    await using server = await startApi({
      ...options,
      services: [control, { ...data, claims: () => true }, jobs, identity],
    })
    published.length = 0
    const answer = await send(server.url, 'POST', '/topics/dt/pump-7//x?qos=1&retain=true', {}, 'hot')
    expect(JSON.parse(answer.text)).toEqual({ message: 'OK', traceId: answer.headers['x-amzn-requestid'] })
    expect(published).toEqual([{ topic: 'dt/pump-7//x', qos: 1, retain: true, payload: 'hot', by: 'certificate' }])
  })

  test.each([
    ['no signature', {}, 403, 'MissingAuthenticationTokenException'],
    ['another scheme', { authorization: 'Basic YTpi' }, 403, 'MissingAuthenticationTokenException'],
    ['a service that is not here', signedFor('dynamodb'), 404, 'UnknownOperationException'],
    ['a service called as a member of every object', signedFor('constructor'), 404, 'UnknownOperationException'],
    [
      'half a credential',
      { authorization: 'AWS4-HMAC-SHA256 Credential=iot' },
      403,
      'MissingAuthenticationTokenException',
    ],
    ['an unknown target', { 'x-amz-target': 'Else.GetId' }, 403, 'MissingAuthenticationTokenException'],
  ])('or is told: %s', async (_what, headers, status, name) => {
    await using server = await startApi(options)
    const answer = await send(server.url, 'GET', '/things', { ...headers })
    expect(answer.status).toBe(status)
    expect(answer.headers['x-amzn-errortype']).toBe(name)
    expect(JSON.parse(answer.text)).toEqual({ message: expect.any(String) })
  })
})

describe('a request finds its operation', () => {
  test.each([
    ['iot', 'GET', '/nothing/here', 404, 'UnknownOperationException'],
    ['iot', 'PUT', '/things/a', 404, 'UnknownOperationException'],
    ['iot', 'HEAD', '/things/a', 404, 'UnknownOperationException'],
    ['iotdata', 'PUT', '/things/a/shadow', 405, 'MethodNotAllowedException'],
    ['iot', 'GET', '/things/%zz', 400, 'SerializationException'],
    ['iot', 'GET', '/things/a', 501, 'NotImplementedException'],
    ['iot', 'GET', '/authorizers/', 501, 'NotImplementedException'], // as botocore sends ListAuthorizers
    ['iot', 'GET', '/authorizers', 501, 'NotImplementedException'], // as the JavaScript SDK does
    ['iot', 'GET', '/certificate-providers/?pageSize=1', 501, 'NotImplementedException'],
    ['iot', 'GET', '/things/', 404, 'UnknownOperationException'],
    ['cognito-identity', 'POST', '/', 400, 'UnknownOperationException'],
  ])('%s %s %s → %d %s', async (service, method, path, status, name) => {
    await using server = await startApi(options)
    const answer = await send(server.url, method, path, signedFor(service))
    expect(answer.status).toBe(status)
    expect(answer.headers['x-amzn-errortype']).toBe(name)
  })

  test('one that is not there yet is named', async () => {
    await using server = await startApi(options)
    const answer = await send(server.url, 'GET', '/things/a', signedFor('iot'))
    expect(JSON.parse(answer.text).message).toBe('DescribeThing is not implemented')
  })

  test('in awsJson1_1 the target says which', async () => {
    await using server = await startApi(options)
    const target = { ...JSON_TARGET, 'x-amz-target': 'AWSCognitoIdentityService.__proto__' }
    const answer = await send(server.url, 'POST', '/', target, '{}')
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text)).toEqual({ __type: 'UnknownOperationException', message: expect.any(String) })
  })

  test('in awsJson1_0 too, in its own media type', async () => {
    const older = { ...identity, protocol: 'awsJson1_0' as const }
    await using server = await startApi({ ...options, services: [older] })
    const answer = await send(server.url, 'POST', '/', JSON_TARGET, '{"IdentityPoolId":"eu-west-1:0"}')
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' } })
    const refused = await send(server.url, 'POST', '/', JSON_TARGET, '{}')
    expect(refused).toMatchObject({ status: 400, headers: { 'content-type': 'application/x-amz-json-1.0' } })
    expect(JSON.parse(refused.text)).toMatchObject({ __type: 'ValidationException' })
  })

  test('an answer without members is an empty object', async () => {
    await using server = await startApi(options)
    expect((await send(server.url, 'DELETE', '/policies/p', signedFor('iot'))).text).toBe('{}')
  })
})

test('coverage counts what has a handler', async () => {
  const found = await coverage(createAwsApi(options))
  expect(found.map(({ signingName, implementedCount }) => [signingName, implementedCount])).toEqual([
    ['iot', 3],
    ['iotdata', 2],
    ['iot-jobs-data', 1],
    ['cognito-identity', 2],
  ])
  expect(found[1]).toMatchObject({ operationCount: found[1]?.operations.length })
  expect(found[1]?.operations).toContainEqual({ name: 'Publish', implemented: true })
  expect(found[1]?.operations).toContainEqual({ name: 'GetConnection', implemented: false })
})

test('services that clash and handlers of nothing are refused at the start', () => {
  expect(() => createAwsApi({ ...options, services: [control, control] })).toThrow('Two services are called iot')
  const misspelt = { ...control, handlers: { CreateThng: () => ({}) } }
  expect(() => createAwsApi({ ...options, services: [misspelt] })).toThrow('iot has no operation CreateThng')
})
