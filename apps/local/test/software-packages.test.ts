import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  AssociateSbomWithPackageVersionCommand,
  CreateJobCommand,
  CreatePackageCommand,
  CreatePackageVersionCommand,
  type CreatePackageVersionCommandInput,
  CreateThingCommand,
  DeletePackageCommand,
  DeletePackageVersionCommand,
  DisassociateSbomFromPackageVersionCommand,
  GetPackageCommand,
  GetPackageConfigurationCommand,
  GetPackageVersionCommand,
  IoTClient,
  ListPackagesCommand,
  ListPackageVersionsCommand,
  ListSbomValidationResultsCommand,
  ListTagsForResourceCommand,
  RegisterThingCommand,
  SearchIndexCommand,
  UpdateIndexingConfigurationCommand,
  UpdatePackageCommand,
  UpdatePackageConfigurationCommand,
  UpdatePackageVersionCommand,
  type UpdatePackageVersionCommandInput,
} from '@aws-sdk/client-iot'
import { GetThingShadowCommand, IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import { IoTJobsDataPlaneClient, UpdateJobExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { zipOf } from './support/functions.ts'
import { testNeeds } from './support/limited-role.ts'
import { until } from './support/until.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012'
const ROLE = 'arn:aws:iam::123456789012:role/never-defined'

let local: Local
let iot: IoTClient
let data: IoTDataPlaneClient
beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient({ ...local.sdk, maxAttempts: 1 })
  data = new IoTDataPlaneClient({ ...local.sdk, maxAttempts: 1 })
})
afterAll(async () => {
  iot.destroy()
  data.destroy()
  await local.close()
})

const createVersion = (
  packageName: string,
  versionName: string,
  more: Partial<CreatePackageVersionCommandInput> = {},
) => iot.send(new CreatePackageVersionCommand({ packageName, versionName, ...more }))
const updateVersion = (packageName: string, versionName: string, more: Partial<UpdatePackageVersionCommandInput>) =>
  iot.send(new UpdatePackageVersionCommand({ packageName, versionName, ...more }))
const getVersion = (packageName: string, versionName: string) =>
  iot.send(new GetPackageVersionCommand({ packageName, versionName }))
async function publish(packageName: string, versionName: string, attributes: Record<string, string> = {}) {
  await createVersion(packageName, versionName, { attributes })
  await updateVersion(packageName, versionName, { action: 'PUBLISH' })
}

test('a package is made, shown, tagged, listed and deleted, the same request twice is one', async () => {
  const clientToken = '11111111-2222-3333-4444-555555555555'
  const asked = { packageName: 'pump-fw', description: 'of pumps', tags: { team: 'ops' }, clientToken }
  const made = await iot.send(new CreatePackageCommand(asked))
  expect(made).toMatchObject({ packageName: 'pump-fw', packageArn: `${ARN}:package/pump-fw`, description: 'of pumps' })
  expect((await iot.send(new CreatePackageCommand(asked))).packageArn).toBe(made.packageArn)
  const again = iot.send(new CreatePackageCommand({ packageName: 'pump-fw' }))
  await expect(again).rejects.toMatchObject({ name: 'ConflictException', resourceId: 'pump-fw' })
  const { tags } = await iot.send(new ListTagsForResourceCommand({ resourceArn: made.packageArn }))
  expect(tags).toEqual([{ Key: 'team', Value: 'ops' }])
  await iot.send(new UpdatePackageCommand({ packageName: 'pump-fw', description: 'of all pumps' }))
  const shown = await iot.send(new GetPackageCommand({ packageName: 'pump-fw' }))
  expect(shown).toMatchObject({ packageName: 'pump-fw', description: 'of all pumps' })
  expect(shown.creationDate).toBeInstanceOf(Date)
  await expect(iot.send(new GetPackageCommand({ packageName: 'lamp-fw' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await iot.send(new CreatePackageCommand({ packageName: 'lamp-fw' }))
  const first = await iot.send(new ListPackagesCommand({ maxResults: 1 }))
  expect(first.packageSummaries?.map(({ packageName }) => packageName)).toEqual(['pump-fw'])
  const second = await iot.send(new ListPackagesCommand({ maxResults: 1, nextToken: first.nextToken }))
  expect(second.packageSummaries?.map(({ packageName }) => packageName)).toEqual(['lamp-fw'])
  await expect(iot.send(new ListPackagesCommand({ nextToken: 'none' }))).rejects.toMatchObject({
    name: 'ValidationException',
  })

  await createVersion('lamp-fw', '1')
  const remove = () => iot.send(new DeletePackageCommand({ packageName: 'lamp-fw' }))
  await expect(remove()).rejects.toMatchObject({ name: 'ValidationException' })
  await iot.send(new DeletePackageVersionCommand({ packageName: 'lamp-fw', versionName: '1' }))
  await remove()
  await remove() // what is gone is no fault
})

describe('a version', () => {
  beforeAll(async () => {
    await iot.send(new CreatePackageCommand({ packageName: 'states' }))
  })

  test('is a draft that may change, is published, deprecated and published again', async () => {
    const artifact = { s3Location: { bucket: 'images', key: 'a.bin', version: '3' } }
    const made = await createVersion('states', '1.0', { attributes: { os: 'rtos' }, artifact, tags: { a: 'b' } })
    expect(made).toMatchObject({ status: 'DRAFT', packageVersionArn: `${ARN}:package/states/version/1.0` })
    const { tags } = await iot.send(new ListTagsForResourceCommand({ resourceArn: made.packageVersionArn }))
    expect(tags).toEqual([{ Key: 'a', Value: 'b' }])
    await updateVersion('states', '1.0', { attributes: { os: 'linux' }, recipe: '{"do":"it"}', description: 'one' })
    expect(await getVersion('states', '1.0')).toMatchObject({
      attributes: { os: 'linux' },
      recipe: '{"do":"it"}',
      description: 'one',
      artifact,
      status: 'DRAFT',
    })
    const conflict = (more: Partial<UpdatePackageVersionCommandInput>) =>
      expect(updateVersion('states', '1.0', more)).rejects.toMatchObject({ name: 'ConflictException' })
    await conflict({ action: 'DEPRECATE' })
    await updateVersion('states', '1.0', { action: 'PUBLISH' })
    await conflict({ action: 'PUBLISH' })
    await conflict({ attributes: {} })
    await conflict({ artifact })
    await updateVersion('states', '1.0', { recipe: '{}', description: 'still one' })
    await updateVersion('states', '1.0', { action: 'DEPRECATE' })
    await conflict({ recipe: '{}' })
    await updateVersion('states', '1.0', { action: 'PUBLISH' })
    expect((await getVersion('states', '1.0')).status).toBe('PUBLISHED')
  })

  test('becomes the default once it is published, and cannot be deleted then', async () => {
    await createVersion('states', '2.0')
    const asDefault = () => iot.send(new UpdatePackageCommand({ packageName: 'states', defaultVersionName: '2.0' }))
    const remove = () => iot.send(new DeletePackageVersionCommand({ packageName: 'states', versionName: '2.0' }))
    await expect(asDefault()).rejects.toMatchObject({ name: 'ConflictException' })
    await updateVersion('states', '2.0', { action: 'PUBLISH' })
    await asDefault()
    expect((await iot.send(new GetPackageCommand({ packageName: 'states' }))).defaultVersionName).toBe('2.0')
    await expect(remove()).rejects.toMatchObject({ name: 'ValidationException' })
    const both = { packageName: 'states', defaultVersionName: '2.0', unsetDefaultVersion: true }
    await expect(iot.send(new UpdatePackageCommand(both))).rejects.toMatchObject({ name: 'ValidationException' })
    await iot.send(new UpdatePackageCommand({ packageName: 'states', unsetDefaultVersion: true }))
    await remove()
    await expect(getVersion('states', '2.0')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('is listed by status, and refused where it cannot be', async () => {
    await createVersion('states', '3.0')
    const list = async (status?: 'DRAFT' | 'PUBLISHED') => {
      const { packageVersionSummaries = [] } = await iot.send(
        new ListPackageVersionsCommand({ packageName: 'states', ...(status && { status }) }),
      )
      return packageVersionSummaries.map(({ versionName }) => versionName)
    }
    expect(await list()).toEqual(['1.0', '3.0'])
    expect(await list('DRAFT')).toEqual(['3.0'])
    await expect(createVersion('states', '3.0')).rejects.toMatchObject({ name: 'ConflictException' })
    await expect(createVersion('nowhere', '1')).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(createVersion('states', 'a b')).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(createVersion('states', '4', { attributes: { a: 'b'.repeat(3_072) } })).rejects.toMatchObject({
      name: 'ValidationException',
    })
  })
})

const shadowOf = async (thingName: string) => {
  const { payload } = await data.send(new GetThingShadowCommand({ thingName, shadowName: '$package' }))
  const { state } = JSON.parse(Buffer.from(payload ?? []).toString()) as {
    state: { reported: Record<string, unknown> }
  }
  return state.reported
}

describe('the reserved shadow $package', () => {
  const write = (state: object) =>
    data.send(
      new UpdateThingShadowCommand({
        thingName: 'meter-1',
        shadowName: '$package',
        payload: Buffer.from(JSON.stringify({ state: { reported: state } })),
      }),
    )

  test.each([
    [{ fw: '1' }],
    [{ fw: { version: '1', size: 3 } }],
    [{ fw: { version: 1 } }],
    [{ fw: { version: '1', attributes: { a: 1 } } }],
    [{ fw: { version: '1', attributes: [] } }],
  ])('does not take %j', async (state) => {
    await expect(write(state)).rejects.toMatchObject({ name: 'InvalidRequestException', message: /\$package/ })
  })

  test('is found by the fleet index by the version that a thing runs', async () => {
    await iot.send(new CreateThingCommand({ thingName: 'meter-1' }))
    const names = Array.from({ length: 10 }, (_, index) => `named-${index}`)
    const filter = { namedShadowNames: ['$package', ...names] } // the reserved one does not count
    const thingIndexingConfiguration = {
      ...{ thingIndexingMode: 'REGISTRY' as const, namedShadowIndexingMode: 'ON' as const, filter },
    }
    await iot.send(new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration }))
    await write({ 'meter-fw': { version: '2.0.1', attributes: { os: 'rtos' } } })
    const queryString = 'shadow.name.$package.reported.meter-fw.version:2.0.1'
    const { things } = await iot.send(new SearchIndexCommand({ queryString }))
    expect(things?.map(({ thingName }) => thingName)).toEqual(['meter-1'])
  })
})

describe('a job that brings versions', () => {
  let jobs: IoTJobsDataPlaneClient
  let iam: IAMClient
  beforeAll(async () => {
    jobs = new IoTJobsDataPlaneClient({ ...local.sdk, maxAttempts: 1 })
    iam = new IAMClient(local.sdk)
    for (const packageName of ['app', 'tool']) await iot.send(new CreatePackageCommand({ packageName }))
    await publish('app', '1', { os: 'rtos', size: '3' })
    await publish('app', '2', { os: 'linux' })
    await publish('tool', '1')
    await iot.send(new UpdatePackageCommand({ packageName: 'app', defaultVersionName: '2' }))
    await iot.send(new CreateThingCommand({ thingName: 'gate-1' }))
  })
  afterAll(() => {
    jobs.destroy()
    iam.destroy()
  })

  async function run(jobId: string, ...versions: string[]): Promise<void> {
    await iot.send(
      new CreateJobCommand({
        jobId,
        targets: [`${ARN}:thing/gate-1`],
        document: '{"do":"install"}',
        destinationPackageVersions: versions.map((version) => `${ARN}:package/${version}`),
      }),
    )
    await until(async () =>
      jobs
        .send(new UpdateJobExecutionCommand({ thingName: 'gate-1', jobId, status: 'SUCCEEDED' }))
        .catch(() => undefined),
    )
  }
  const configure = (enabled: boolean, roleArn = ROLE) =>
    iot.send(new UpdatePackageConfigurationCommand({ versionUpdateByJobsConfig: { enabled, roleArn } }))

  test('says so in the shadow, where the package configuration wants it', async () => {
    expect((await iot.send(new GetPackageConfigurationCommand({}))).versionUpdateByJobsConfig).toBeUndefined()
    await expect(
      iot.send(new UpdatePackageConfigurationCommand({ versionUpdateByJobsConfig: { enabled: true } })),
    ).rejects.toMatchObject({ name: 'ValidationException' })
    await run('silent', 'app/version/1')
    await configure(true)
    expect((await iot.send(new GetPackageConfigurationCommand({}))).versionUpdateByJobsConfig).toEqual({
      enabled: true,
      roleArn: ROLE,
    })
    await expect(shadowOf('gate-1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await run('first', 'app/version/1', 'tool/version/1')
    expect(await shadowOf('gate-1')).toEqual({
      app: { version: '1', attributes: { os: 'rtos', size: '3' } },
      tool: { version: '1', attributes: {} },
    })
    // The default version, whose attributes take the place of those before, and a package that is taken away.
    await run('second', 'app/version/$default', 'tool/version/$null')
    expect(await shadowOf('gate-1')).toEqual({ app: { version: '2', attributes: { os: 'linux' } } })
  })

  test('says nothing where the role may not', async () => {
    const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
    const trust = { Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }
    await iam.send(new CreateRoleCommand({ RoleName: 'reports', AssumeRolePolicyDocument: document(trust) }))
    const untrusted = { ...trust, Principal: { Service: 'lambda.amazonaws.com' } }
    await iam.send(new CreateRoleCommand({ RoleName: 'other', AssumeRolePolicyDocument: document(untrusted) }))
    await expect(configure(true, 'arn:aws:iam::123456789012:role/other')).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Unable to assume role'),
    })
    await configure(true, 'arn:aws:iam::123456789012:role/reports')
    await run('refused', 'app/version/1')
    expect(await shadowOf('gate-1')).toMatchObject({ app: { version: '2' } })
    const allow = { Effect: 'Allow', Action: 'iot:UpdateThingShadow', Resource: `${ARN}:thing/gate-1/$package` }
    await iam.send(new PutRolePolicyCommand({ RoleName: 'reports', PolicyName: 'p', PolicyDocument: document(allow) }))
    await run('allowed', 'app/version/1')
    expect(await shadowOf('gate-1')).toMatchObject({ app: { version: '1' } })
  })
})

test('a software bill of materials is validated file by file, and goes with its version', {
  timeout: 60_000,
}, async () => {
  const s3 = new S3Client({ ...local.sdk, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: 'sboms' }))
  const put = (Key: string, Body: string | Uint8Array) => s3.send(new PutObjectCommand({ Bucket: 'sboms', Key, Body }))
  await iot.send(new CreatePackageCommand({ packageName: 'valve' }))
  await createVersion('valve', '1')
  const version = { packageName: 'valve', versionName: '1' }
  const associate = (key: string, more: object = {}) =>
    iot.send(
      new AssociateSbomWithPackageVersionCommand({
        ...version,
        sbom: { s3Location: { bucket: 'sboms', key } },
        ...more,
      }),
    )
  const ended = () =>
    until(async () => {
      const { sbomValidationStatus } = await getVersion('valve', '1')
      return sbomValidationStatus === 'IN_PROGRESS' ? undefined : sbomValidationStatus
    })
  const results = async (more: object = {}) =>
    (await iot.send(new ListSbomValidationResultsCommand({ ...version, ...more }))).validationResultSummaries
  const cyclone = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [] })
  const document = { SPDXID: 'SPDXRef-DOCUMENT', name: 'v', dataLicense: 'CC0-1.0', documentNamespace: 'urn:v' }
  const spdx = { ...document, spdxVersion: 'SPDX-2.3', creationInfo: { creators: ['Tool: t'] } }
  await put('good.zip', zipOf({ 'app.cdx.json': cyclone, 'os/os.spdx.json': JSON.stringify(spdx) }))
  const made = await associate('good.zip')
  expect(made).toMatchObject({ ...version, sbomValidationStatus: 'IN_PROGRESS' })
  expect(await ended()).toBe('SUCCEEDED')
  expect((await getVersion('valve', '1')).sbom).toEqual({ s3Location: { bucket: 'sboms', key: 'good.zip' } })
  expect(await results()).toEqual([
    { fileName: 'app.cdx.json', validationResult: 'SUCCEEDED' },
    { fileName: 'os/os.spdx.json', validationResult: 'SUCCEEDED' },
  ])
  // Another one takes its place, with its results.
  const files = { 'app.cdx.json': cyclone, 'notes.txt': 'no JSON', 'old.json': '{"spdxVersion":"SPDX-1.2"}' }
  await put('mixed.zip', zipOf(files))
  await associate('mixed.zip')
  expect(await ended()).toBe('FAILED')
  const failed = await results({ validationResult: 'FAILED', maxResults: 1 })
  expect(failed).toMatchObject([{ fileName: 'notes.txt', errorCode: 'INCOMPATIBLE_FORMAT' }])
  expect((await results({ validationResult: 'FAILED' }))?.[1]?.errorMessage).toMatch(/SPDX-2.2 or SPDX-2.3/)
  await put('large.json', new Uint8Array(10 * 1024 * 1024 + 1))
  await associate('large.json')
  expect(await ended()).toBe('FAILED')
  expect(await results()).toMatchObject([{ fileName: 'large.json', errorCode: 'FILE_SIZE_LIMIT_EXCEEDED' }])
  await associate('not-there.json')
  expect(await ended()).toBe('FAILED')
  expect((await results())?.[0]?.errorMessage).toContain('s3://sboms/not-there.json cannot be read')
  await iot.send(new DisassociateSbomFromPackageVersionCommand(version))
  const without = await getVersion('valve', '1')
  expect([without.sbom, without.sbomValidationStatus]).toEqual([undefined, undefined])
  expect(await results()).toEqual([])
  await expect(associate('good.zip', { versionName: '2' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  s3.destroy()
})

test('a thing is registered with the versions that it comes with, which have to be there', async () => {
  await iot.send(new CreatePackageCommand({ packageName: 'boot' }))
  await publish('boot', '1', { os: 'rtos' })
  await createVersion('boot', '2')
  const register = (version: string) => {
    const Properties = { ThingName: 'board-1', PackageVersions: { boot: version } }
    const templateBody = JSON.stringify({ Resources: { thing: { Type: 'AWS::IoT::Thing', Properties } } })
    return iot.send(new RegisterThingCommand({ templateBody }))
  }
  await expect(register('2')).rejects.toMatchObject({ message: /draft/ })
  await expect(register('3')).rejects.toMatchObject({ message: /does not exist/ })
  await register('1')
  expect(await shadowOf('board-1')).toEqual({ boot: { version: '1', attributes: { os: 'rtos' } } })
})

const VERSION = { packageName: 'p', versionName: '1' }
const ofVersion = [`${ARN}:package/p`, `${ARN}:package/p/version/1`]
const role = testNeeds([
  ['GetPackage', { packageName: 'p' }, [`${ARN}:package/p`]],
  ['CreatePackageVersion', VERSION, ofVersion],
  ['GetPackageVersion', VERSION, ofVersion],
  ['UpdatePackageVersion', VERSION, ofVersion],
  ['DeletePackageVersion', VERSION, ofVersion],
  ['ListPackageVersions', { packageName: 'p' }, [`${ARN}:package/p`]],
  ['DisassociateSbomFromPackageVersion', VERSION, ofVersion],
  ['ListSbomValidationResults', VERSION, ofVersion],
  ['ListPackages', {}, []],
  ['GetPackageConfiguration', {}, []],
])

test('whoever says which file is the SBOM has to be one who may read it', async () => {
  const sbom = { s3Location: { bucket: 'sboms', key: 'a/b.zip' } }
  const refusedOn = () => role().refusedOn('AssociateSbomWithPackageVersion', { ...VERSION, sbom })
  const Action = 'iot:AssociateSbomWithPackageVersion'
  await role().allow({ Effect: 'Allow', Action, Resource: ofVersion })
  expect(await refusedOn()).toBe('arn:aws:s3:::sboms/a/b.zip')
  const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::sboms/a/*' }
  await role().allow({ Effect: 'Allow', Action, Resource: ofVersion }, read)
  expect(await refusedOn()).toBeUndefined()
})
