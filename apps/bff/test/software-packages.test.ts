import { CreateThingCommand, IoTClient, UpdateIndexingConfigurationCommand } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import { IoTJobsDataPlaneClient, UpdateJobExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import type {
  AuditPage,
  Job,
  JobAsWritten,
  PackageConfiguration,
  PackageJobPage,
  PackageLook,
  PackagePage,
  PackageThings,
  PackageVersion,
  PackageVersionPage,
  SoftwarePackage,
  VersionTargets,
} from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

const PREFIX = 'arn:aws:iot:us-east-1:123456789012'
const ROLE = 'arn:aws:iam::123456789012:role/packages'
const version = (versionName: string) => ({ packageName: 'pump.fw', versionName })
const versionArn = (version: string) => `${PREFIX}:package/pump.fw/version/${version}`

let console: TestConsole
let iot: IoTClient
let data: IoTDataPlaneClient
let devices: IoTJobsDataPlaneClient
const ada = new Browser()
const grace = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(ada, console.url, 'ada')
  await signIn(grace, console.url, 'grace')
  iot = new IoTClient(console.sdk)
  data = new IoTDataPlaneClient(console.sdk)
  devices = new IoTJobsDataPlaneClient({ ...console.sdk, maxAttempts: 1 })
  for (const thingName of ['pump-1', 'pump-2']) await iot.send(new CreateThingCommand({ thingName }))
})
afterAll(async () => {
  for (const client of [iot, data, devices]) client.destroy()
  await console[Symbol.asyncDispose]()
})

const as =
  (person: Browser) =>
  <Answer>(method: string, path: string, body?: object) =>
    ask<Answer>(person, console.url, method, path, body)
const call = as(ada)
const admin = as(grace)
const PACKAGE = '/api/packages/pump.fw'

const says = (thingName: string, version: string) =>
  data.send(
    new UpdateThingShadowCommand({
      thingName,
      shadowName: '$package',
      payload: Buffer.from(JSON.stringify({ state: { reported: { 'pump.fw': { version, attributes: {} } } } })),
    }),
  )

test('a package has versions, which are drafted, published, made the default, deprecated and deleted in their order', async () => {
  expect(await call('POST', '/api/packages', { packageName: 'pump.fw', description: 'the pump' })).toMatchObject({
    body: { packageArn: `${PREFIX}:package/pump.fw` },
  })
  expect((await call('POST', '/api/packages', { packageName: 'pump.fw' })).status).toBe(409)
  expect((await call('POST', '/api/packages', { packageName: '..' })).status).toBe(400)
  const made = await call<PackageVersion>('POST', `${PACKAGE}/versions`, {
    versionName: '2.0',
    attributes: { os: 'rtos' },
    artifact: { s3Location: { bucket: 'firmware', key: 'pump/2.0.bin' } },
    recipe: '{"steps":[]}',
  })
  expect(made.body).toMatchObject({
    status: 'DRAFT',
    attributes: { os: 'rtos' },
    artifact: { bucket: 'firmware', key: 'pump/2.0.bin' },
    recipe: '{"steps":[]}',
  })
  const setDefault = (defaultVersionName: string) => call<SoftwarePackage>('PATCH', PACKAGE, { defaultVersionName })
  expect(await setDefault('2.0')).toMatchObject({ status: 409 })
  const publish = await call<PackageVersion>('PATCH', `${PACKAGE}/versions/2.0`, { action: 'PUBLISH' })
  expect(publish.body.status).toBe('PUBLISHED')
  expect(await call('PATCH', `${PACKAGE}/versions/2.0`, { attributes: { os: 'linux' } })).toMatchObject({ status: 409 })
  expect((await setDefault('2.0')).body.defaultVersionName).toBe('2.0')
  await call('POST', `${PACKAGE}/versions`, { versionName: '1.0' })
  await call('PATCH', `${PACKAGE}/versions/1.0`, { action: 'PUBLISH' })
  await call('PATCH', `${PACKAGE}/versions/1.0`, { action: 'DEPRECATE' })
  const { body: listed } = await call<PackageVersionPage>('GET', `${PACKAGE}/versions`)
  expect(listed.versions.map(({ versionName, status }) => [versionName, status])).toEqual([
    ['2.0', 'PUBLISHED'],
    ['1.0', 'DEPRECATED'],
  ])
  expect((await call<PackagePage>('GET', '/api/packages')).body.packages).toMatchObject([
    { packageName: 'pump.fw', defaultVersionName: '2.0' },
  ])
  expect((await admin('DELETE', `${PACKAGE}/versions/2.0`)).status).toBe(400)
  expect((await admin('DELETE', PACKAGE)).status).toBe(400)
  const { body: trail } = await call<AuditPage>('GET', '/api/audit')
  expect(
    trail.entries.find(({ action, changes = [] }) => action === 'UpdatePackage' && changes.length > 0)?.changes,
  ).toContainEqual({ path: '$.defaultVersionName', afterText: '"2.0"' })
})

test('nothing is claimed of what things run where the index does not have the shadow', async () => {
  expect((await call('GET', `${PACKAGE}/things`)).body).toEqual({
    outcome: 'not-indexed',
    versions: [],
    isAll: false,
  })
  const { body } = await call<{ packages: PackageLook[] }>(
    'GET',
    '/api/package-looks?packageName=pump.fw&packageName=no',
  )
  expect(body.packages).toEqual([
    {
      packageName: 'pump.fw',
      description: 'the pump',
      versions: { count: 2, isAtLeast: false },
      outcome: 'not-indexed',
    },
  ])
})

test('things that run a version are counted with a custom field of the index, and without', async () => {
  await admin('POST', '/api/fleet/index', { connectivity: false, namedShadows: ['$package'] })
  await says('pump-1', '1.0')
  await says('pump-2', 'built-by-hand')
  const counted = async () => (await call<PackageThings>('GET', `${PACKAGE}/things`)).body
  await vi.waitFor(
    async () =>
      expect(await counted()).toEqual({
        outcome: 'counted',
        about: 2,
        versions: [{ versionName: '1.0', count: 1 }],
        isAll: true,
      }),
    { timeout: 20_000, interval: 500 },
  )
  const thingIndexingConfiguration = {
    ...{ thingIndexingMode: 'REGISTRY' as const, namedShadowIndexingMode: 'ON' as const },
    filter: { namedShadowNames: ['$package'] },
    customFields: [{ name: 'shadow.name.$package.reported.pump.fw.version', type: 'String' as const }],
  }
  await iot.send(new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration }))
  await vi.waitFor(async () => expect((await counted()).versions).toHaveLength(2), { timeout: 20_000, interval: 500 })
  expect(await counted()).toMatchObject({ about: 2, isAll: true })
  const { body } = await call<{ packages: PackageLook[] }>('GET', '/api/package-looks?packageName=pump.fw')
  expect(body.packages).toMatchObject([{ outcome: 'counted', things: 2, onDefault: 0 }])
})

test('of the things of a job those are counted that run a version already', async () => {
  const ofNames = await call<VersionTargets>('POST', '/api/package-version-targets', {
    packageVersions: [version('1.0'), version('$default'), { packageName: 'other', versionName: '$null' }],
    targets: { thingNames: ['pump-1', 'pump-2', 'no-such'], thingGroupNames: [] },
  })
  expect(ofNames.body).toEqual({
    outcome: 'counted',
    versions: [
      { ...version('1.0'), already: 1 },
      { ...version('$default'), already: 0 },
      { packageName: 'other', versionName: '$null', already: 2 },
    ],
  })
  const ofQuery = await call<VersionTargets>('POST', '/api/package-version-targets', {
    packageVersions: [version('1.0')],
    targets: { query: 'thingName:pump-*' },
  })
  expect(ofQuery.body.versions).toEqual([{ ...version('1.0'), already: 1 }])
})

test('a job brings the default version, says so in the shadow, and is found by its package', async () => {
  expect((await call('GET', '/api/package-configuration')).body).toEqual({ enabled: false })
  expect((await call('PUT', '/api/package-configuration', { enabled: true, roleArn: ROLE })).status).toBe(403)
  const configured = await admin<PackageConfiguration>('PUT', '/api/package-configuration', {
    enabled: true,
    roleArn: ROLE,
  })
  expect(configured.body).toEqual({ enabled: true, roleArn: ROLE })
  const document = '{"os":"${aws:iot:package:pump.fw:version:$default:attributes:os}"}'
  const made = await call('POST', '/api/jobs', {
    jobId: 'to-2',
    targets: { thingNames: ['pump-1'], thingGroupNames: [] },
    targetSelection: 'SNAPSHOT',
    document,
    destinationPackageVersions: [version('$default')],
  })
  expect(made.status).toBe(200)
  expect((await call<Job>('GET', '/api/jobs/to-2')).body).toMatchObject({
    document: '{"os":"rtos"}',
    destinationPackageVersions: [versionArn('2.0')],
  })
  expect((await call<JobAsWritten>('GET', '/api/jobs/to-2/as-written')).body).toEqual({
    document,
    destinationPackageVersions: [versionArn('$default')],
  })
  await vi.waitFor(
    () => devices.send(new UpdateJobExecutionCommand({ thingName: 'pump-1', jobId: 'to-2', status: 'SUCCEEDED' })),
    { timeout: 20_000 },
  )
  await vi.waitFor(
    async () => {
      const { body } = await call<PackageThings>('GET', `${PACKAGE}/things`)
      expect(body.versions).toContainEqual({ versionName: '2.0', count: 1 })
    },
    { timeout: 20_000, interval: 500 },
  )
  const { body: named } = await call<PackageJobPage>('GET', `${PACKAGE}/jobs`)
  expect(named).toMatchObject({ looked: 1, jobs: [{ jobId: 'to-2', packageVersions: [versionArn('2.0')] }] })
  expect((await call<PackageJobPage>('GET', '/api/packages/other/jobs')).body).toEqual({ looked: 1, jobs: [] })
})

test('versions go before their package, the default one last', async () => {
  await call('PATCH', PACKAGE, { defaultVersionName: '' })
  for (const each of ['1.0', '2.0']) expect((await admin('DELETE', `${PACKAGE}/versions/${each}`)).status).toBe(204)
  expect((await admin('DELETE', PACKAGE)).status).toBe(204)
  expect((await call('GET', PACKAGE)).status).toBe(404)
})
