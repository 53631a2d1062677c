import { randomUUID } from 'node:crypto'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  CreateJobCommand,
  type CreateJobCommandInput,
  CreateJobTemplateCommand,
  CreatePackageCommand,
  CreatePackageVersionCommand,
  CreateThingCommand,
  DeleteJobTemplateCommand,
  DescribeJobCommand,
  DescribeJobTemplateCommand,
  DescribeManagedJobTemplateCommand,
  GetJobDocumentCommand,
  IoTClient,
  ListJobTemplatesCommand,
  ListManagedJobTemplatesCommand,
  ListTagsForResourceCommand,
  type PresignedUrlConfig,
  UpdateJobCommand,
  UpdatePackageCommand,
  UpdatePackageVersionCommand,
} from '@aws-sdk/client-iot'
import { IoTJobsDataPlaneClient, StartNextPendingJobExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { jobsDevice } from './support/jobs-device.ts'

let local: Local
let iot: IoTClient
let s3: S3Client

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  s3 = new S3Client({ ...local.sdk, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: 'firmware' }))
  await s3.send(new PutObjectCommand({ Bucket: 'firmware', Key: 'pump/2 0.bin', Body: 'the image' }))
  await s3.send(new PutObjectCommand({ Bucket: 'firmware', Key: 'large.json', Body: `{"a":"${'b'.repeat(32_768)}"}` }))
  await s3.send(new PutObjectCommand({ Bucket: 'firmware', Key: 'job.json', Body: '{"op":"from a file","n":1.10}' }))
})
afterAll(async () => {
  iot.destroy()
  s3.destroy()
  await local.close()
})

const ACCOUNT = '123456789012'
const arnOf = (tail: string) => `arn:aws:iot:us-east-1:${ACCOUNT}:${tail}`
const refusal = (name: string) => expect.objectContaining({ name })

const create = (jobId: string, thingName: string, more: Partial<CreateJobCommandInput>) =>
  iot.send(new CreateJobCommand({ jobId, targets: [arnOf(`thing/${thingName}`)], ...more }))

/** A role of IAM's that a service may be, and that may do one thing. */
async function makeRole(RoleName: string, Service: string, Action: string): Promise<string> {
  const iam = new IAMClient(local.sdk)
  const document = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
  const AssumeRolePolicyDocument = document({ Principal: { Service }, Action: 'sts:AssumeRole' })
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  const PolicyDocument = document({ Action, Resource: 'arn:aws:s3:::firmware/*' })
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'only', PolicyDocument }))
  iam.destroy()
  return Role?.Arn ?? ''
}

describe('presigned URLs', () => {
  const SOURCE = 'https://s3.us-east-1.amazonaws.com/firmware/pump/2 0.bin'
  const document = JSON.stringify({
    get: `\${aws:iot:s3-presigned-url:${SOURCE}}`,
    v2: `\${aws:iot:s3-presigned-url-v2:${encodeURIComponent(SOURCE)}}`,
    put: '${aws:iot:s3-presigned-url-upload:https://firmware.s3.amazonaws.com/logs/${thingName}/${jobId}-${executionNumber}}',
    shell: '${HOME}',
  })

  test('are made when a device asks: it reads and writes with them, as long as they are good', async () => {
    await using pump = await jobsDevice(local, 'presigned')
    const roleArn = await makeRole('jobs-s3', 'iot.amazonaws.com', 's3:*')
    await create('presigned', 'presigned', { document, presignedUrlConfig: { roleArn, expiresInSec: 60 } })
    expect((await iot.send(new GetJobDocumentCommand({ jobId: 'presigned' }))).document).toBe(document)
    const { execution } = await pump.next('notify-next')
    expect(execution).toHaveProperty('jobDocument.shell', '${HOME}')
    const { execution: started } = await pump.ask('start-next')
    const urls = (started as { jobDocument: Record<'get' | 'v2' | 'put', string> }).jobDocument // as the document above
    for (const url of [urls.get, urls.v2]) expect(await (await fetch(url)).text()).toBe('the image')
    expect((await fetch(urls.put, { method: 'PUT', body: 'a log' })).status).toBe(200)
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'firmware', Key: 'logs/presigned/presigned-1' }))
    expect(await Body?.transformToString()).toBe('a log')
    expect((await fetch(urls.get, { method: 'PUT', body: 'mine' })).status).toBe(403)
    local.advanceClock(61_000)
    const late = await fetch(urls.get)
    expect([late.status, await late.text()]).toEqual([400, expect.stringContaining('ExpiredToken')])
  })

  test('may do what their role may, and no more', async () => {
    await using pump = await jobsDevice(local, 'limited')
    const roleArn = await makeRole('jobs-read', 'iot.amazonaws.com', 's3:GetObject')
    await create('limited', 'limited', { document, presignedUrlConfig: { roleArn } })
    const { execution } = await pump.ask('start-next')
    const urls = (execution as { jobDocument: Record<'get' | 'put', string> }).jobDocument // as the document above
    expect((await fetch(urls.get)).status).toBe(200)
    expect((await fetch(urls.put, { method: 'PUT', body: 'a log' })).status).toBe(403)
  })

  test('need a role that AWS IoT may be', async () => {
    await iot.send(new CreateThingCommand({ thingName: 'roleless' }))
    await expect(create('roleless', 'roleless', { document })).rejects.toThrow(refusal('InvalidRequestException'))
    const roleArn = await makeRole('jobs-lambda', 'lambda.amazonaws.com', 's3:*')
    const presignedUrlConfig = { roleArn }
    await expect(create('roleless', 'roleless', { document, presignedUrlConfig })).rejects.toThrow(/assume role/)
  })

  test('keep their role: an update that leaves it out is refused', async () => {
    await iot.send(new CreateThingCommand({ thingName: 'updated' }))
    const roleArn = await makeRole('jobs-updated', 'iot.amazonaws.com', 's3:*')
    await create('updated', 'updated', { document, presignedUrlConfig: { roleArn } })
    const update = (presignedUrlConfig: PresignedUrlConfig) =>
      iot.send(new UpdateJobCommand({ jobId: 'updated', presignedUrlConfig }))
    await expect(update({ expiresInSec: 60 })).rejects.toThrow(refusal('InvalidRequestException'))
    await update({ roleArn, expiresInSec: 60 })
    const { job } = await iot.send(new DescribeJobCommand({ jobId: 'updated' }))
    expect(job?.presignedUrlConfig).toEqual({ roleArn, expiresInSec: 60 })
  })
})

describe('a document', () => {
  test('is read once from a file, and keeps its digits', async () => {
    await using pump = await jobsDevice(local, 'file')
    const documentSource = 'https://s3.amazonaws.com/firmware/job.json'
    await create('file', 'file', { documentSource })
    expect(await iot.send(new DescribeJobCommand({ jobId: 'file' }))).toMatchObject({ documentSource })
    await pump.send('$next/get')
    const { text } = await pump.client.inbox.take(({ topic }) => topic.endsWith('$next/get/accepted'))
    expect(text).toContain('"jobDocument":{"op":"from a file","n":1.10}')
    const data = new IoTJobsDataPlaneClient(local.sdk)
    const { execution } = await data.send(new StartNextPendingJobExecutionCommand({ thingName: 'file' }))
    expect(execution?.jobDocument).toBe('{"op":"from a file","n":1.10}')
    data.destroy()
  })

  test.each<[what: string, error: string, input: Partial<CreateJobCommandInput>]>([
    ['no source', 'InvalidRequestException', {}],
    ['two sources', 'InvalidRequestException', { document: '{}', documentSource: 'https://s3.amazonaws.com/a/b' }],
    ['a URL that is none of S3', 'InvalidRequestException', { documentSource: 'https://example.com/a' }],
    [
      'a file that is not there',
      'ResourceNotFoundException',
      { documentSource: 'https://s3.amazonaws.com/firmware/no' },
    ],
    [
      'a file that is larger than devices are sent',
      'InvalidRequestException',
      { documentSource: 'https://s3.amazonaws.com/firmware/large.json' },
    ],
    ['a template that is not there', 'ResourceNotFoundException', { jobTemplateArn: arnOf('jobtemplate/none') }],
    ['an unknown placeholder', 'InvalidRequestException', { document: '{"a":"${aws:iot:nothing:x}"}' }],
    [
      'a signature of AWS Signer',
      'InvalidRequestException',
      { document: '{"a":"${aws:iot:code-sign-signature:s3://a}"}' },
    ],
    [
      'parameters without a managed template',
      'InvalidRequestException',
      { document: '{}', documentParameters: { a: 'b' } },
    ],
    [
      'retries of time-outs without a time-out',
      'InvalidRequestException',
      {
        document: '{}',
        jobExecutionsRetryConfig: { criteriaList: [{ failureType: 'TIMED_OUT', numberOfRetries: 1 }] },
      },
    ],
    [
      'a start in the past',
      'InvalidRequestException',
      { document: '{}', schedulingConfig: { startTime: '2020-01-01 00:00' } },
    ],
  ])('%s: %s', async (_, error, input) => {
    await iot.send(new CreateThingCommand({ thingName: 'wrong' }))
    await expect(create('wrong', 'wrong', input)).rejects.toThrow(refusal(error))
  })
})

describe('package versions', () => {
  const versionArn = (name: string) => arnOf(`package/pumpfw/version/${name}`)
  const placeholder = (what: string, version = '$default') => `\${aws:iot:package:pumpfw:version:${version}:${what}}`
  const ARTIFACT = 'artifact-location:s3-presigned-url'

  beforeAll(async () => {
    await iot.send(new CreatePackageCommand({ packageName: 'pumpfw' }))
    const artifact = { s3Location: { bucket: 'firmware', key: 'pump/2 0.bin' } }
    for (const versionName of ['1.0', '2.0']) {
      const attributes = { os: `rtos-${versionName}` }
      await iot.send(new CreatePackageVersionCommand({ packageName: 'pumpfw', versionName, attributes, artifact }))
    }
    const published = { packageName: 'pumpfw', versionName: '2.0', action: 'PUBLISH' as const }
    await iot.send(new UpdatePackageVersionCommand(published))
    await iot.send(new UpdatePackageCommand({ packageName: 'pumpfw', defaultVersionName: '2.0' }))
  })

  test('are filled in when the job is made, and their artifacts presigned when a device asks', async () => {
    await using pump = await jobsDevice(local, 'package')
    const roleArn = await makeRole('jobs-package', 'iot.amazonaws.com', 's3:GetObject')
    const document = JSON.stringify({
      os: placeholder('attributes:os'),
      all: placeholder('attributes'),
      image: placeholder(ARTIFACT),
      same: `\${aws:iot:package::version::attributes:os}`,
    })
    const destinationPackageVersions = [versionArn('$default')]
    await create('package', 'package', { document, destinationPackageVersions, presignedUrlConfig: { roleArn } })
    expect((await iot.send(new DescribeJobCommand({ jobId: 'package' }))).job).toMatchObject({
      destinationPackageVersions: [versionArn('2.0')],
    })
    const before = { jobId: 'package', beforeSubstitution: true }
    expect((await iot.send(new DescribeJobCommand(before))).job).toMatchObject({ destinationPackageVersions })
    expect((await iot.send(new GetJobDocumentCommand(before))).document).toBe(document)
    const { document: now = '' } = await iot.send(new GetJobDocumentCommand({ jobId: 'package' }))
    expect(JSON.parse(now)).toEqual({
      os: 'rtos-2.0',
      all: { os: 'rtos-2.0' },
      image: placeholder(ARTIFACT, '2.0'),
      same: 'rtos-2.0',
    })
    const { execution } = await pump.ask('start-next')
    const { image } = (execution as { jobDocument: { image: string } }).jobDocument // as the document above
    expect(await (await fetch(image)).text()).toBe('the image')
  })

  test.each<[what: string, destinations: readonly string[], document: string]>([
    ['a version that is not among the destinations', [versionArn('2.0')], placeholder('attributes:os')],
    ['an attribute that is not there', [versionArn('$default')], placeholder('attributes:none')],
    ['a draft', [versionArn('1.0')], ''],
    [
      'two destinations for a placeholder without a name',
      [versionArn('2.0'), versionArn('$null')],
      '${aws:iot:package::version::attributes}',
    ],
    ['an ARN of something else', [arnOf('thing/a')], ''],
  ])('%s is refused', async (_, destinationPackageVersions, text) => {
    await iot.send(new CreateThingCommand({ thingName: 'wrong' }))
    const input = { document: JSON.stringify({ text }), destinationPackageVersions: [...destinationPackageVersions] }
    await expect(create('wrong', 'wrong', input)).rejects.toThrow(refusal('InvalidRequestException'))
  })

  test.each([
    ['what is no placeholder of AWS IoT', '${aws:iot:no-such:thing}'],
    ['a placeholder without its end', '${aws:iot:s3-presigned-url:'],
    [
      'a presigned URL, without a role for it',
      `\${aws:iot:s3-presigned-url:https://s3.amazonaws.com/firmware/job.json}`,
    ],
  ])('an attribute that brings %s into the document is refused, and nothing is made', async (_, attribute) => {
    await iot.send(new CreateThingCommand({ thingName: 'wrong' }))
    const version = { packageName: 'pumpfw', versionName: randomUUID() }
    await iot.send(new CreatePackageVersionCommand({ ...version, attributes: { attribute } }))
    await iot.send(new UpdatePackageVersionCommand({ ...version, action: 'PUBLISH' }))
    const document = JSON.stringify({ text: placeholder('attributes:attribute', version.versionName) })
    const input = { document, destinationPackageVersions: [versionArn(version.versionName)] }
    await expect(create('wrong', 'wrong', input)).rejects.toThrow(refusal('InvalidRequestException'))
    await expect(iot.send(new DescribeJobCommand({ jobId: 'wrong' }))).rejects.toThrow(
      refusal('ResourceNotFoundException'),
    )
  })
})

describe('templates', () => {
  test('say of a job what its maker does not', async () => {
    await iot.send(new CreateThingCommand({ thingName: 'template' }))
    const configs = {
      timeoutConfig: { inProgressTimeoutInMinutes: 30 },
      jobExecutionsRolloutConfig: { maximumPerMinute: 7 },
      abortConfig: {
        criteriaList: [
          {
            failureType: 'ALL' as const,
            action: 'CANCEL' as const,
            thresholdPercentage: 5,
            minNumberOfExecutedThings: 10,
          },
        ],
      },
    }
    const windows = [{ startTime: 'cron(0 3 * * ? *)', durationInMinutes: 60 }]
    const { jobTemplateArn } = await iot.send(
      new CreateJobTemplateCommand({
        jobTemplateId: 'update',
        description: 'of updates',
        document: '{"op":"update"}',
        ...configs,
        maintenanceWindows: windows,
        tags: [{ Key: 'team', Value: 'pumps' }],
      }),
    )
    expect(jobTemplateArn).toBe(arnOf('jobtemplate/update'))
    const { tags } = await iot.send(new ListTagsForResourceCommand({ resourceArn: jobTemplateArn }))
    expect(tags).toEqual([{ Key: 'team', Value: 'pumps' }])
    expect(await iot.send(new DescribeJobTemplateCommand({ jobTemplateId: 'update' }))).toMatchObject({
      description: 'of updates',
      document: '{"op":"update"}',
      createdAt: expect.any(Date),
      maintenanceWindows: windows,
      ...configs,
    })
    const more = { jobExecutionsRolloutConfig: { maximumPerMinute: 9 } }
    await create('by-template', 'template', { jobTemplateArn, ...more })
    const { job } = await iot.send(new DescribeJobCommand({ jobId: 'by-template' }))
    expect(job).toMatchObject({ jobTemplateArn, ...configs, ...more })
    const ofJob = { jobTemplateId: 'of-job', description: 'of a job', jobArn: arnOf('job/by-template') }
    await iot.send(new CreateJobTemplateCommand(ofJob))
    expect(await iot.send(new DescribeJobTemplateCommand({ jobTemplateId: 'of-job' }))).toMatchObject({
      ...configs,
      ...more,
    })
    await expect(iot.send(new CreateJobTemplateCommand(ofJob))).rejects.toThrow(refusal('ConflictException'))
    const { jobTemplates = [] } = await iot.send(new ListJobTemplatesCommand({}))
    expect(jobTemplates.map(({ jobTemplateId }) => jobTemplateId)).toEqual(['update', 'of-job'])
    await iot.send(new DeleteJobTemplateCommand({ jobTemplateId: 'update' }))
    await expect(iot.send(new DescribeJobTemplateCommand({ jobTemplateId: 'update' }))).rejects.toThrow(
      refusal('ResourceNotFoundException'),
    )
  })

  test('of AWS take parameters', async () => {
    await using pump = await jobsDevice(local, 'managed')
    const { managedJobTemplates = [] } = await iot.send(new ListManagedJobTemplatesCommand({}))
    expect(managedJobTemplates.map(({ templateName }) => templateName)).toEqual([
      'AWS-Download-File',
      'AWS-Install-Application',
      'AWS-Reboot',
      'AWS-Remove-Application',
      'AWS-Restart-Application',
      'AWS-Run-Command',
      'AWS-Start-Application',
      'AWS-Stop-Application',
    ])
    const template = await iot.send(new DescribeManagedJobTemplateCommand({ templateName: 'AWS-Download-File' }))
    expect(template.documentParameters).toMatchObject([
      { key: 'downloadUrl', optional: false },
      { key: 'filePath', optional: false },
      { key: 'runAsUser', optional: true },
      { key: 'pathToHandler', optional: true },
    ])
    const { templateArn: jobTemplateArn } = template
    const downloadUrl = { downloadUrl: 'https://example.com/"a"' }
    for (const documentParameters of [downloadUrl, { ...downloadUrl, filePath: '/a', other: 'x' }]) {
      await expect(create('managed', 'managed', { jobTemplateArn, documentParameters })).rejects.toThrow(
        refusal('InvalidRequestException'),
      )
    }
    await create('managed', 'managed', { jobTemplateArn, documentParameters: { ...downloadUrl, filePath: '/a' } })
    expect(await pump.ask('start-next')).toMatchObject({
      execution: {
        jobDocument: {
          version: '1.0',
          steps: [
            {
              action: {
                name: 'Download-File',
                type: 'runHandler',
                input: { handler: 'download-file.sh', args: ['https://example.com/"a"', '/a'], path: '' },
                runAsUser: '',
              },
            },
          ],
        },
      },
    })
  })
})
