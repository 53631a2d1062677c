import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Sha256 } from '@aws-crypto/sha256-js'
import { DescribeSecurityProfileCommand, IoTClient } from '@aws-sdk/client-iot'
import { SignatureV4 } from '@smithy/signature-v4'
import { IOT_JOBS_DATA } from '@thingdeck/aws-api'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { AWS_APIS } from '../src/foundation/aws-apis.ts'
import type { HandlerTable, MakeService, Service, ServiceContext } from '../src/foundation/service.ts'
import { StartupError } from '../src/index.ts'
import { defenderService } from './example-service/index.ts'
import { makeDevice } from './support/device.ts'
import { Inbox } from './support/inbox.ts'
import { startWithServices } from './support/local-with-services.ts'
import { connectDevice } from './support/mqtt-client.ts'

type Served = Awaited<ReturnType<typeof startWithServices>>

// Source: docs/architecture.md, "A service": one folder and one line.
test('a service that the server did not know answers its operation and its reserved topic', async () => {
  await using local = await startWithServices([defenderService])
  const iot = new IoTClient(local.sdk)
  const describeProfile = (securityProfileName: string) =>
    iot.send(new DescribeSecurityProfileCommand({ securityProfileName }))
  expect(await describeProfile('quiet')).toMatchObject({ securityProfileName: 'quiet', version: 3 })
  await expect(describeProfile('loud')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })

  await using device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  await using other = await connectDevice(local, await makeDevice(local), { clientId: 'pump-8' })
  const topic = '$aws/things/pump-7/defender/metrics/json'
  await other.mqtt.subscribeAsync(`${topic}/accepted`, { qos: 1 })
  await device.mqtt.publishAsync(topic, '{}', { qos: 1 })
  expect(await device.json(`${topic}/accepted`)).toEqual({ thingName: 'pump-7', status: 'ACCEPTED' })
  await device.mqtt.publishAsync(topic, '', { qos: 1 })
  expect(await device.json(`${topic}/rejected`)).toEqual({ thingName: 'pump-7', status: 'REJECTED' })
  expect(other.inbox.rest).toEqual([]) // the answer went to the asker alone

  local.server.reset()
  expect((await describeProfile('quiet')).version).toBe(3)
  iot.destroy()
})

describe('what is published is durable before the answer', () => {
  const publish = ({ messages }: ServiceContext) => messages.publish('streams/firmware', Buffer.from('asked'))

  test.each<[of: string, service: (context: ServiceContext) => Omit<Service, 'name'>, ask: (local: Served) => unknown]>(
    [
      [
        'a handler of the control plane',
        (context) => ({
          handlers: {
            iot: {
              DescribeSecurityProfile: () => {
                publish(context)
                return {}
              },
            },
          },
        }),
        async ({ sdk }) => {
          const iot = new IoTClient(sdk)
          await iot.send(new DescribeSecurityProfileCommand({ securityProfileName: 'quiet' }))
          iot.destroy()
        },
      ],
      [
        'a route',
        (context) => ({
          routes: [
            {
              path: '/streams',
              answer: () => {
                publish(context)
                return { status: 202, headers: {}, body: 'told' }
              },
            },
          ],
        }),
        async ({ urls }) => {
          const answer = await fetch(new URL('/streams', urls.http))
          expect([answer.status, await answer.text()]).toEqual([202, 'told'])
        },
      ],
    ],
  )('%s', async (_, service, ask) => {
    const data = mkdtempSync(join(tmpdir(), 'thingdeck-services-'))
    const copy = mkdtempSync(join(tmpdir(), 'thingdeck-services-'))
    try {
      await using local = await startWithServices([(context) => ({ name: 'telling', ...service(context) })], { data })
      const device = await makeDevice(local)
      {
        await using client = await connectDevice(local, device, {
          clientId: 'pump-7',
          clean: false,
          properties: { sessionExpiryInterval: 3600 },
        })
        await client.mqtt.subscribeAsync('streams/#', { qos: 1 })
        await client.mqtt.endAsync()
      }
      await ask(local)
      cpSync(data, copy, { recursive: true }) // what is there if the process ends now
      const database = new DatabaseSync(join(copy, 'account.db'))
      expect(database.prepare('SELECT owner, topic FROM broker_queue').all()).toEqual([
        { owner: 'pump-7', topic: 'streams/firmware' },
      ])
      database.close()
    } finally {
      for (const folder of [data, copy]) rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('what two services claim ends the start with a sentence that names both', () => {
  const named = (service: Omit<Service, 'name'>): MakeService[] => [
    () => ({ name: 'one', ...service }),
    () => ({ name: 'other', ...service }),
  ]
  const api = {
    traits: { ...IOT_JOBS_DATA, signingNames: ['streams'] },
    load: () => import('@aws-sdk/client-iot-jobs-data-plane'),
    actionPrefix: 'streams',
    plane: 'control',
  } as const
  const route = { method: 'GET', handle: () => {} } as const

  test.each<[what: string, services: MakeService[]]>([
    ["iot's operation DescribeSecurityProfile", named({ handlers: { iot: { DescribeSecurityProfile: () => ({}) } } })],
    [
      "iot's resource member securityProfileName",
      named({ handlers: { iot: {} }, resources: { securityProfileName: 'securityprofile' } }),
    ],
    ['reserved topics of kind defenderMetrics', named({ reservedTopics: { defenderMetrics: () => {} } })],
    ['the API streams', named({ apis: { streams: api } })],
    [
      'the route GET /streams/{}',
      [
        () => ({ name: 'one', routes: [{ ...route, path: '/streams/{name}' }] }),
        () => ({ name: 'other', routes: [{ ...route, path: '/streams/{id}' }] }),
      ],
    ],
  ])('%s', async (what, services) => {
    const start = startWithServices(services)
    await expect(start).rejects.toThrow(StartupError)
    await expect(start).rejects.toThrow(`Services "one" and "other" both claim ${what}; start with only one of them.`)
  })

  test('an operation that the server has', async () => {
    const again: MakeService = () => ({ name: 'again', handlers: { iot: { CreateThing: () => ({}) } } })
    await expect(startWithServices([again])).rejects.toThrow(
      `Services "registry" and "again" both claim iot's operation CreateThing; start with only one of them.`,
    )
  })

  test('a signing name', async () => {
    const signedAs =
      (name: string): MakeService =>
      () => ({ name, apis: { [name]: api } })
    await expect(startWithServices([signedAs('one'), signedAs('other')])).rejects.toThrow(
      'Services "one" and "other" both claim the signing name streams; start with only one of them.',
    )
  })

  test('an API that nobody brings', async () => {
    const lost: MakeService = () => ({ name: 'lost', handlers: { streams: {} } })
    await expect(startWithServices([lost])).rejects.toThrow(
      'Service "lost" handles streams, an API that nobody brings.',
    )
  })
})

describe('what a service says of what it does not handle ends the start with a sentence', () => {
  test.each<[service: Omit<Service, 'name'>, sentence: string]>([
    [
      { resources: { streamId: 'stream' } },
      'Service "lost" says what policies call streamId, but handles no API of the control plane.',
    ],
    [
      { handlers: { iotData: {} }, resources: { streamId: 'stream' } },
      'Service "lost" says what policies call streamId, but handles no API of the control plane.',
    ],
    [
      { needs: { GetThingShadow: () => [] } },
      'Service "lost" says what policies are asked about GetThingShadow, an operation of the data plane that it does not handle.',
    ],
    [
      { handlers: { iot: {} }, controlPlaneNeeds: { DescribeSecurityProfile: () => ({ resources: [] }) } },
      'Service "lost" says what policies are asked about DescribeSecurityProfile, an operation of the control plane that it does not handle.',
    ],
    [
      { selfDeciding: ['DescribeSecurityProfile'] },
      'Service "lost" says what policies are asked about DescribeSecurityProfile, an operation of the control plane that it does not handle.',
    ],
  ])('%j', async (service, sentence) => {
    const start = startWithServices([() => ({ name: 'lost', ...service })])
    await expect(start).rejects.toThrow(StartupError)
    await expect(start).rejects.toThrow(sentence)
  })
})

test('an operation that the SDK does not have is told by name when its API is loaded', async () => {
  const table: HandlerTable = { DescribeStraem: () => ({}) }
  const logged = new Inbox<{ msg: string; err: { message: string } }>()
  const log = pino({ level: 'error' }, { write: (line) => logged.put(JSON.parse(line)) })
  await using local = await startWithServices([() => ({ name: 'lost', handlers: { iot: table } })], {}, log)
  const iot = new IoTClient({ ...local.sdk, maxAttempts: 1 })
  await expect(iot.send(new DescribeSecurityProfileCommand({ securityProfileName: 'quiet' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 500 },
  })
  expect((await logged.take()).err.message).toBe(
    `Service "lost" handles iot's DescribeStraem, an operation that its SDK does not have.`,
  )
  iot.destroy()
})

test('every API of the server itself can be loaded', async () => {
  await using local = await startWithServices([])
  const coverage = await fetch(new URL('/_local/coverage', local.urls.http))
  expect(coverage.status).toBe(200)
  // Those that services share, and those that one service brings.
  const own = ['acm', 'firehose', 'lambda', 'logs', 'monitoring']
  const rows = (await coverage.json()) as readonly { readonly signingName: string }[] // `ServiceCoverage`, as JSON
  const names = rows.map(({ signingName }) => signingName)
  expect(names.toSorted()).toEqual(
    [...Object.values(AWS_APIS).map(({ traits }) => traits.signingNames[0]), ...own].toSorted(),
  )
})

test('an API that a service brings is called by its own signing name', async () => {
  const bringing: MakeService = () => ({
    name: 'bringing',
    apis: {
      streams: {
        traits: { signingNames: ['streams'], protocol: 'restJson1', validationError: 'InvalidRequestException' },
        load: () => import('@aws-sdk/client-iot'),
        actionPrefix: 'streams',
        plane: 'control',
      },
    },
    handlers: { streams: { DescribeStream: () => ({ streamInfo: { streamId: 'brought' } }) } },
  })
  await using local = await startWithServices([bringing])
  const describeStream = async (service: string) => {
    const url = new URL('/streams/firmware', local.urls.http)
    const { region, credentials } = local.sdk
    const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 })
    const { method, headers } = await signer.sign({
      ...{ method: 'GET', protocol: url.protocol, hostname: url.hostname, path: url.pathname, query: {} },
      headers: { host: url.host },
    })
    return fetch(url, { method, headers })
  }
  expect(await (await describeStream('streams')).json()).toEqual({ streamInfo: { streamId: 'brought' } })
  expect((await describeStream('iot')).status).toBe(404) // the server's own, which knows no such stream
})
