import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as iam from '@aws-sdk/client-iam'
import { IoTClient, ListThingsCommand } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { AssumeRoleCommand, type Credentials, STSClient } from '@aws-sdk/client-sts'
import {
  addressOf,
  type BulkChange,
  type Endpoint,
  endpoints,
  type Rotation,
  type RotationThings,
  type Session,
} from '@thingdeck/contract'
import { presignMqttUrl } from '@thingdeck/sigv4'
import Fastify from 'fastify'
import mqtt from 'mqtt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type EmbeddedServer, startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { openOwnAccount } from '../src/aws/own-account/open-own-account.ts'
import type { AwsKeys } from '../src/aws/own-account/own-credentials.ts'
import { listen } from '../src/listen.ts'
import { ask } from './ask.ts'
import { Browser } from './browser.ts'
import { keyAndRequest } from './certificate-requests.ts'
import { startOwnConsole, type TestOwnConsole } from './console.ts'
import { connectPage, mqttSession } from './mqtt.ts'
import { sampleOf } from './sample.ts'

const PATIENCE = { timeout: 40_000, interval: 100 }
const EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
})

let server: EmbeddedServer
let admin: iam.IAMClient
/** Of a user who may do everything. */
let adas: TestOwnConsole
beforeAll(async () => {
  server = await startEmbeddedServer()
  admin = new iam.IAMClient(server.sdk)
  await admin.send(new iam.CreateAccountAliasCommand({ AccountAlias: 'plant-north' }))
  const ada = await userKeys('ada')
  adas = await startOwnConsole({ server, find: async () => ada })
})
afterAll(async () => {
  await adas[Symbol.asyncDispose]()
  admin.destroy()
  await server[Symbol.asyncDispose]()
})

async function newKey(UserName: string): Promise<AwsKeys> {
  const { AccessKey } = await admin.send(new iam.CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

/** Lasting keys of a user who may do that. */
async function userKeys(UserName: string, PolicyDocument = EVERYTHING): Promise<AwsKeys> {
  await admin.send(new iam.CreateUserCommand({ UserName }))
  await admin.send(new iam.PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }))
  return newKey(UserName)
}

const keysOf = ({ AccessKeyId, SecretAccessKey, SessionToken }: Credentials = {} as Credentials): AwsKeys => ({
  accessKeyId: AccessKeyId ?? '',
  secretAccessKey: SecretAccessKey ?? '',
  sessionToken: SessionToken ?? '',
})

/** A session of a role that may do everything, as a person of IAM Identity Center has one. */
async function roleKeys(RoleName: string): Promise<AwsKeys> {
  const Principal = { AWS: `arn:aws:iam::${server.account}:root` }
  const trust = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal } }
  const made = { RoleName, Path: '/aws-reserved/', AssumeRolePolicyDocument: JSON.stringify(trust) }
  const { Role } = await admin.send(new iam.CreateRoleCommand(made))
  await admin.send(new iam.PutRolePolicyCommand({ RoleName, PolicyName: 'all', PolicyDocument: EVERYTHING }))
  const sts = new STSClient(server.sdk)
  const session = { RoleArn: Role?.Arn ?? '', RoleSessionName: 'ada@plant.example' }
  const { Credentials } = await sts.send(new AssumeRoleCommand(session))
  sts.destroy()
  return keysOf(Credentials)
}

async function opened({ open }: TestOwnConsole): Promise<Browser> {
  const browser = new Browser()
  await browser.fetch(open())
  return browser
}

const session = async (browser: Browser, url: string) => (await ask<Session>(browser, url, 'GET', '/api/session')).body

const refused = (code: string) => ({ body: { code } })

test('the address that is printed opens the console once, as the person who started it; it is in no log', async () => {
  const console = adas
  const address = console.open()
  const browser = new Browser()
  expect(await ask(browser, console.url, 'GET', '/api/session')).toMatchObject({ status: 401 })
  const login = await browser.fetch(`${console.url}/auth/login`, { headers: { accept: 'text/html' } })
  expect(login.headers.get('location')).toMatch(/^\/sign-in\?problem=CODE_NEEDED/)
  for (const guess of ['', 'guess']) {
    const wrong = await ask(browser, console.url, 'GET', `/auth/callback?code=${guess}`)
    expect(wrong).toMatchObject({ status: 400, ...refused('CODE_ENDED') })
  }

  const arrival = await browser.fetch(address)
  expect({ status: arrival.status, location: arrival.headers.get('location') }).toEqual({ status: 302, location: '/' })
  expect(arrival.headers.getSetCookie()[0]).toMatch(/HttpOnly/)
  const arn = `arn:aws:iam::${server.account}:user/ada`
  expect(await session(browser, console.url)).toEqual({
    person: { id: arn, name: 'ada', role: 'admin' },
    account: server.account,
    accountAlias: 'plant-north',
    region: server.region,
    environment: 'plant-north',
    environmentKind: 'production', // nobody said anything else
  })
  const again = await new Browser().fetch(address, { headers: { accept: 'text/html' } })
  expect(again.headers.get('location')).toMatch(/^\/sign-in\?problem=CODE_ENDED/)

  expect(await ask(browser, console.url, 'POST', '/api/things', { thingName: 'pump-7' })).toMatchObject({ status: 200 })
  const trail = await ask<{ entries: unknown[] }>(browser, console.url, 'GET', '/api/audit')
  expect(trail.body.entries[0]).toMatchObject({ action: 'CreateThing', person: { id: arn } })
  expect(console.logged()).not.toContain(new URL(address).searchParams.get('code'))
})

test('it listens wherever a browser looks for localhost, or not at all', async () => {
  const { port } = new URL(adas.url)
  for (const host of ['127.0.0.1', '[::1]']) {
    const answer = await fetch(`http://${host}:${port}/api/session`)
    expect(await answer.json()).toMatchObject({ code: 'CODE_NEEDED' })
  }
  const free = await freePort()
  const program = createServer().listen({ host: '::1', port: free }) // of somebody else at this machine
  await once(program, 'listening')
  const app = Fastify()
  await expect(listen(app, { host: 'localhost', port: free })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await app.close()
  program.close()
})

test("what a page is given can do the role's MQTT, and nothing else; it ends with the session", async () => {
  const console = adas
  const browser = await opened(console)
  await using page = await connectPage(browser, console.url)
  await page.mqtt.subscribeAsync('dt/#', { qos: 1 })
  await page.mqtt.publishAsync('dt/pump-7/say', 'on', { qos: 1 })
  await page.mqtt.publishAsync('$aws/things/pump-7/shadow/update', '{"state":{"desired":{"on":true}}}', { qos: 1 })
  const device = page.mqtt.publishAsync('$aws/things/pump-7/jobs/start-next', '{}', { qos: 1 })
  await expect(device).rejects.toMatchObject({ code: 0x87 }) // not authorized

  const given = await mqttSession(browser, console.url)
  const settings = { ...server.sdk, credentials: given.credentials }
  const iot = new IoTClient(settings)
  await expect(iot.send(new ListThingsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' })
  const data = new IoTDataPlaneClient(settings)
  const rest = data.send(new PublishCommand({ topic: '$aws/rules/any', qos: 1 }))
  await expect(rest).rejects.toMatchObject({ name: 'ForbiddenException' })
  for (const client of [iot, data]) client.destroy()
  const other = { clientId: 'pump-7', reconnectPeriod: 0 } // a device's place
  await expect(mqtt.connectAsync(await presignMqttUrl(given), other)).rejects.toThrow()

  await browser.fetch(`${console.url}/api/session/mqtt?tab=t1&generation=0`)
  const clientId = `${given.clientIdPrefix}t1-1`
  const tab = await mqtt.connectAsync(await presignMqttUrl(given), { clientId, reconnectPeriod: 0 })
  const closed = new Promise((resolve) => tab.once('close', resolve as () => void))
  await browser.fetch(`${console.url}/auth/logout`, { method: 'POST', headers: { origin: console.url } })
  await closed
})

/** The documents of the commands that a remedy has, by their option. */
const documentsIn = (command: string): Record<string, string> =>
  Object.fromEntries(
    [...command.matchAll(/--([a-z-]+-document) '([^']+)'/g)].map(([, option = '', text = '']) => [option, text]),
  )

/** Whoever reads alone is let in nowhere else, and nobody anywhere without a session. */
async function onlyReads(viewer: Browser, url: string): Promise<void> {
  const all: readonly Endpoint[] = Object.values(endpoints)
  const textsOf = (members: object) =>
    Object.fromEntries(Object.entries(members).map(([name, value]) => [name, String(value)]))
  const call = (browser: Browser, endpoint: Endpoint) => {
    const params = textsOf((endpoint.params ? sampleOf(endpoint.params) : {}) as object)
    return ask(browser, url, endpoint.method, addressOf(endpoint, { params }))
  }
  for (const endpoint of all.filter(({ access }) => access === 'operator' || access === 'admin')) {
    expect(await call(viewer, endpoint), endpoint.name).toMatchObject({ status: 403, ...refused('ROLE_REQUIRED') })
  }
  for (const endpoint of all.filter(({ access }) => access !== 'anyone')) {
    expect(await call(new Browser(), endpoint), endpoint.name).toMatchObject({ status: 401, ...refused('CODE_NEEDED') })
  }
}

test('a session of a role gets them by a role that it names, and is told how to make one; read-only is that', async () => {
  const find = roleKeys('Operators')
  await using without = await startOwnConsole({ server, find: () => find })
  const browser = await opened(without)
  const { person, withoutLive } = await session(browser, without.url)
  expect(person.name).toBe('ada@plant.example')
  expect(withoutLive?.reason).toContain('temporary')
  const refusal = await ask(browser, without.url, 'GET', '/api/session/mqtt')
  expect(refusal).toMatchObject({ status: 403, ...refused('LIVE_UNAVAILABLE') })
  expect(await ask(browser, without.url, 'GET', '/api/things')).toMatchObject({ status: 200 })

  const [make, start] = withoutLive?.remedies ?? []
  const documents = documentsIn(make?.command ?? '')
  const RoleName = 'thingdeck-live'
  const AssumeRolePolicyDocument = documents['assume-role-policy-document'] ?? ''
  await admin.send(new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  const PolicyDocument = documents['policy-document'] ?? ''
  await admin.send(new iam.PutRolePolicyCommand({ RoleName, PolicyName: 'mqtt', PolicyDocument }))
  const LIVE_ROLE_ARN = /--live-role (\S+)/.exec(start?.command ?? '')?.[1] ?? ''

  const environment = { LIVE_ROLE_ARN, READ_ONLY: 'on', THINGDECK_ENVIRONMENT: 'staging' }
  await using viewing = await startOwnConsole({ server, find: () => find, environment })
  const viewer = await opened(viewing)
  const seen = await session(viewer, viewing.url)
  expect(seen).toMatchObject({ environment: 'staging', environmentKind: 'staging', person: { role: 'viewer' } })
  expect(seen).not.toHaveProperty('withoutLive')
  await using page = await connectPage(viewer, viewing.url)
  await page.mqtt.publishAsync('$aws/things/pump-7/shadow/get', '', { qos: 1 })
  await expect(page.mqtt.publishAsync('dt/pump-7/say', 'on', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })

  await onlyReads(viewer, viewing.url)
  const sts = new STSClient({ ...server.sdk, credentials: await roleKeys('Strangers') })
  const stranger = sts.send(new AssumeRoleCommand({ RoleArn: LIVE_ROLE_ARN, RoleSessionName: 'eve' }))
  await expect(stranger).rejects.toMatchObject({ name: 'AccessDenied' }) // the role trusts nobody but who made it
  sts.destroy()
})

test('what is missing, or has ended, is told with what to do, and goes on once that is done', async () => {
  const own = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: ['iot:Describe*', 'iot:List*'], Resource: '*' },
  }
  const eve = await userKeys('eve', JSON.stringify(own))
  let find: () => Promise<AwsKeys> = async () => eve
  const environment = { AWS_PROFILE: 'plant' }
  await using console = await startOwnConsole({ server, find: () => find(), environment })
  const browser = await opened(console)
  const { withoutLive, ...told } = await session(browser, console.url)
  expect(told).not.toHaveProperty('accountAlias') // which this user may not read
  expect(withoutLive?.reason).toContain('sts:GetFederationToken')
  const PolicyDocument = documentsIn(withoutLive?.remedies[0]?.command ?? '')['policy-document'] ?? ''
  await admin.send(new iam.PutUserPolicyCommand({ UserName: 'eve', PolicyName: 'thingdeck-live', PolicyDocument }))
  const live = await connectPage(browser, console.url)
  await live.mqtt.publishAsync('dt/pump-7/say', 'on', { qos: 1 })
  await live[Symbol.asyncDispose]()
  expect(await session(browser, console.url)).not.toHaveProperty('withoutLive')

  const things = () => ask(browser, console.url, 'GET', '/api/things')
  expect(await things()).toMatchObject({ status: 200 })

  const AccessKeyId = eve.accessKeyId
  await admin.send(new iam.UpdateAccessKeyCommand({ UserName: 'eve', AccessKeyId, Status: 'Inactive' }))
  find = async () => {
    throw new Error('Token is expired. To refresh this SSO session run aws sso login with the corresponding profile.')
  }
  const sentence = 'You are not signed in at IAM Identity Center any more: run aws sso login --profile plant.'
  const over = { status: 502, body: { code: 'AWS_CREDENTIALS', detail: expect.stringContaining(sentence) } }
  expect(await things()).toMatchObject(over)
  expect(await ask(browser, console.url, 'GET', '/api/session/mqtt')).toMatchObject(over)
  expect(await ask(browser, console.url, 'GET', '/api/session')).toMatchObject({ status: 200 }) // the page stays

  const renewed = await newKey('eve')
  find = async () => renewed
  expect(await things()).toMatchObject({ status: 200 })
  await using page = await connectPage(browser, console.url)
  expect(page.clientId).toMatch(/^thingdeck-/)

  // Somebody else's in their place: what is done would stand in the wrong name.
  const finn = await userKeys('finn')
  find = async () => finn
  await admin.send(new iam.DeleteAccessKeyCommand({ UserName: 'eve', AccessKeyId: renewed.accessKeyId }))
  expect(await things()).toMatchObject({
    status: 502,
    body: {
      code: 'AWS_CREDENTIALS',
      detail: expect.stringMatching(/user\/finn now; this console was started by .*user\/eve/),
    },
  })
})

test('what goes on by itself waits when the credentials end, says why, loses nothing, and goes on with new ones', async () => {
  const hal = await userKeys('hal')
  let find: () => Promise<AwsKeys> = async () => hal
  await using console = await startOwnConsole({ server, find: () => find() })
  const browser = await opened(console)
  const post = async <Answer>(path: string, body?: object) =>
    (await ask<Answer>(browser, console.url, 'POST', `/api${path}`, body)).body
  const get = async <Answer>(path: string) => (await ask<Answer>(browser, console.url, 'GET', `/api${path}`)).body
  const thingNames = ['fan-1', 'fan-2', 'fan-3', 'fan-4', 'fan-5', 'fan-6']
  for (const thingName of thingNames) await post('/things', { thingName })
  const { certificateSigningRequest } = await keyAndRequest('fan-1')
  const [thingName = ''] = thingNames
  const targets = { thingNames: [thingName] }
  const { rotationId } = await post<Rotation>('/certificate-rotations', { targets })

  await admin.send(new iam.DeleteAccessKeyCommand({ UserName: 'hal', AccessKeyId: hal.accessKeyId }))
  find = async () => {
    throw new Error('Token is expired')
  }
  const why = expect.stringContaining('Your AWS credentials cannot be had: Token is expired')
  await post(`/certificate-rotations/${rotationId}/requests`, { requests: [{ thingName, certificateSigningRequest }] })
  const change = { kind: 'attributes', set: { floor: '2' }, remove: [] }
  const asked = { targets: { thingNames }, change, dryRun: false, requestsPerSecond: 100 }
  const { bulkChangeId } = await post<BulkChange>('/bulk-changes', asked)
  const found = () => get<BulkChange>(`/bulk-changes/${bulkChangeId}`)
  await vi.waitFor(async () => expect(await found()).toMatchObject({ state: 'paused' }), PATIENCE)
  expect(await found()).toMatchObject({ pausedWhy: why, counts: { waiting: thingNames.length } })
  const failed = () => get<RotationThings>(`/certificate-rotations/${rotationId}/things`)
  const failure = { code: 'AWS_CREDENTIALS', message: why }
  await vi.waitFor(async () => expect(await failed()).toMatchObject({ things: [{ failure }] }), PATIENCE)
  expect(console.logged()).not.toContain('could not go on')

  const renewed = await newKey('hal')
  find = async () => renewed
  await post(`/bulk-changes/${bulkChangeId}/resume`)
  await vi.waitFor(async () => expect(await found()).toMatchObject({ state: 'done' }), PATIENCE)
  expect((await found()).counts).toEqual({ changed: thingNames.length })
  await post(`/certificate-rotations/${rotationId}/actions`, { action: 'retry' })
  // It has no certificate, which AWS is asked for by now.
  const unfit = { things: [{ failure: { code: 'NO_CERTIFICATE' } }] }
  await vi.waitFor(async () => expect(await failed()).toMatchObject(unfit), PATIENCE)
})

test('who signs in at IAM Identity Center meanwhile goes on, with the chain of the AWS SDK', async () => {
  const home = await mkdtemp(join(tmpdir(), 'thingdeck-home-'))
  const startUrl = 'https://plant.example/start'
  const issued = await roleKeys('Visitors')
  await using portal = await servePortal(issued)
  const config = ['[profile plant]', `sso_start_url = ${startUrl}`, 'sso_region = us-east-1']
  await mkdir(join(home, '.aws/sso/cache'), { recursive: true })
  const more = [`sso_account_id = ${server.account}`, 'sso_role_name = Visitors', 'region = us-east-1', '']
  await writeFile(join(home, '.aws/config'), [...config, ...more].join('\n'))
  const env = { HOME: home, AWS_PROFILE: 'plant', AWS_ENDPOINT_URL_SSO: portal.url }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  try {
    const open = () => openOwnAccount({ AWS_PROFILE: 'plant' }, { endpoint: server.http })
    await expect(open()).rejects.toThrow('run aws sso login --profile plant')
    const token = { startUrl, region: 'us-east-1', accessToken: 'token', expiresAt: '2126-01-01T00:00:00Z' }
    const name = createHash('sha1').update(startUrl).digest('hex') // as the AWS CLI names it
    await writeFile(join(home, '.aws/sso/cache', `${name}.json`), JSON.stringify(token))
    const { identity, environment } = await open()
    expect(identity.arn).toMatch(/:assumed-role\/Visitors\/ada@plant\.example$/)
    expect(environment).toMatchObject({ AWS_ACCOUNT_ID: server.account, AWS_REGION: 'us-east-1' })
  } finally {
    vi.unstubAllEnvs()
    await rm(home, { recursive: true })
  }
})

/** As much of IAM Identity Center's portal as answers with the credentials of a role. */
async function servePortal({ accessKeyId, secretAccessKey, sessionToken }: AwsKeys) {
  const roleCredentials = { accessKeyId, secretAccessKey, sessionToken, expiration: Date.now() + 3_600_000 }
  const portal = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ roleCredentials }))
  }).listen(0, 'localhost')
  await once(portal, 'listening')
  const { port } = portal.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    [Symbol.asyncDispose]: async () => {
      portal.closeAllConnections()
      portal.close()
    },
  }
}
