import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  CreateCertificateProviderCommand,
  CreateProvisioningTemplateVersionCommand,
  DeleteProvisioningTemplateCommand,
  DeleteProvisioningTemplateVersionCommand,
  DescribeProvisioningTemplateCommand,
  DescribeProvisioningTemplateVersionCommand,
  IoTClient,
  ListProvisioningTemplatesCommand,
  ListProvisioningTemplateVersionsCommand,
  ListTagsForResourceCommand,
  UpdateProvisioningTemplateCommand,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { createTemplate, PROVISIONING_ROLE, TEMPLATE } from './support/claim.ts'
import { testNeeds } from './support/limited-role.ts'

// The control plane's operations on provisioning templates, as a client of the SDK has them.

const ARN = 'arn:aws:iot:us-east-1:123456789012:provisioningtemplate'
const HOOK = { targetArn: 'arn:aws:lambda:us-east-1:123456789012:function:hook' }
const templateBody = JSON.stringify(TEMPLATE)
const { DeviceConfiguration: _, ...JITP } = TEMPLATE

let local: Local
let iot: IoTClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
})
afterAll(async () => {
  iot.destroy()
  await local.close()
})

const describeTemplate = (templateName: string) => iot.send(new DescribeProvisioningTemplateCommand({ templateName }))

test('a template is as it was created, until it is updated', async () => {
  await createTemplate(iot, 'pumps', {
    enabled: undefined,
    description: 'all',
    tags: [{ Key: 'site', Value: 'north' }],
  })
  expect(await describeTemplate('pumps')).toMatchObject({
    templateArn: `${ARN}/pumps`,
    templateName: 'pumps',
    description: 'all',
    defaultVersionId: 1,
    templateBody,
    enabled: false,
    provisioningRoleArn: PROVISIONING_ROLE,
    type: 'FLEET_PROVISIONING',
    creationDate: expect.any(Date),
  })
  expect((await describeTemplate('pumps')).preProvisioningHook).toBeUndefined()
  const { tags } = await iot.send(new ListTagsForResourceCommand({ resourceArn: `${ARN}/pumps` }))
  expect(tags).toEqual([{ Key: 'site', Value: 'north' }])
  const update = (input: object) => iot.send(new UpdateProvisioningTemplateCommand({ templateName: 'pumps', ...input }))
  await update({ enabled: true, preProvisioningHook: HOOK })
  expect(await describeTemplate('pumps')).toMatchObject({
    description: 'all',
    enabled: true,
    preProvisioningHook: { ...HOOK, payloadVersion: '2020-04-01' },
  })
  await update({ description: '', removePreProvisioningHook: true })
  const { preProvisioningHook, description } = await describeTemplate('pumps')
  expect([preProvisioningHook, description]).toEqual([undefined, ''])
  await expect(update({ preProvisioningHook: HOOK, removePreProvisioningHook: true })).rejects.toMatchObject({
    name: 'InvalidRequestException',
  })
  await expect(update({ defaultVersionId: 7 })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('versions: five at most, the default one stays, numbers are not used twice', async () => {
  await createTemplate(iot, 'versions')
  const of = { templateName: 'versions' }
  const add = (setAsDefault = false) =>
    iot.send(new CreateProvisioningTemplateVersionCommand({ ...of, templateBody, setAsDefault }))
  expect(await add(true)).toMatchObject({ templateArn: `${ARN}/versions`, versionId: 2, isDefaultVersion: true })
  for (const versionId of [3, 4, 5]) expect(await add()).toMatchObject({ versionId, isDefaultVersion: false })
  await expect(add()).rejects.toMatchObject({ name: 'VersionsLimitExceededException' })
  const remove = (versionId: number) => iot.send(new DeleteProvisioningTemplateVersionCommand({ ...of, versionId }))
  await expect(remove(2)).rejects.toMatchObject({ name: 'DeleteConflictException' })
  await expect(remove(7)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await remove(5)
  expect(await add()).toMatchObject({ versionId: 6 })
  const first = await iot.send(new ListProvisioningTemplateVersionsCommand({ ...of, maxResults: 3 }))
  const rest = await iot.send(new ListProvisioningTemplateVersionsCommand({ ...of, nextToken: first.nextToken }))
  expect(
    [...(first.versions ?? []), ...(rest.versions ?? [])].map(({ versionId, isDefaultVersion }) => [
      versionId,
      isDefaultVersion,
    ]),
  ).toEqual([
    [1, false],
    [2, true],
    [3, false],
    [4, false],
    [6, false],
  ])
  expect(await iot.send(new DescribeProvisioningTemplateVersionCommand({ ...of, versionId: 1 }))).toMatchObject({
    versionId: 1,
    templateBody,
    isDefaultVersion: false,
  })
  // Terraform deletes templates with all their versions.
  await iot.send(new DeleteProvisioningTemplateCommand(of))
  await expect(describeTemplate('versions')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await createTemplate(iot, 'versions')
  expect((await describeTemplate('versions')).defaultVersionId).toBe(1)
})

test('a list comes in pages', async () => {
  for (const name of ['page-b', 'page-a'])
    await createTemplate(iot, name, { type: 'JITP', templateBody: JSON.stringify(JITP) })
  const names: (string | undefined)[] = []
  let nextToken: string | undefined
  do {
    const page = await iot.send(new ListProvisioningTemplatesCommand({ maxResults: 1, nextToken }))
    names.push(...(page.templates ?? []).map(({ templateName }) => templateName))
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  expect(names.filter((name) => name?.startsWith('page'))).toEqual(['page-a', 'page-b'])
})

describe('refused', () => {
  test.each<[string, Parameters<typeof createTemplate>[2], RegExp]>([
    [
      'a body that is none',
      { templateBody: '{"Resources": 7}' },
      /Invalid registration template. Resources: must be an object.*line 1, column 15/,
    ],
    ['a configuration for JITP', { type: 'JITP' }, /DeviceConfiguration/],
    [
      'a hook for JITP',
      { type: 'JITP', templateBody: JSON.stringify(JITP), preProvisioningHook: HOOK },
      /no pre-provisioning hook/,
    ],
    [
      'a hook that is no function',
      { preProvisioningHook: { targetArn: 'arn:aws:sns:us-east-1:123456789012:x' } },
      /not the ARN of a Lambda function/,
    ],
    ['a hook of another payload', { preProvisioningHook: { ...HOOK, payloadVersion: '2019-01-01' } }, /2020-04-01/],
    [
      'a role of another account',
      { provisioningRoleArn: 'arn:aws:iam::999999999999:role/x' },
      /^The provisioning role cannot be assumed by AWS IoT/,
    ],
  ])('%s', async (_, input, message) => {
    const creation = createTemplate(iot, 'refused', input)
    await expect(creation).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringMatching(message),
    })
    await expect(describeTemplate('refused')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('a role that does not trust AWS IoT, and a name that is taken', async () => {
    const iam = new IAMClient(local.sdk)
    const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] })
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'distrusts', AssumeRolePolicyDocument }))
    iam.destroy()
    await expect(createTemplate(iot, 'refused', { provisioningRoleArn: Role?.Arn })).rejects.toThrow(
      /cannot be assumed/,
    )
    await createTemplate(iot, 'taken')
    await expect(createTemplate(iot, 'taken')).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'Template with name taken already exists',
      resourceArn: `${ARN}/taken`,
    })
  })
})

describe('certificate providers', () => {
  test('an account has one', async () => {
    const accountDefaultForOperations = ['CreateCertificateFromCsr' as const]
    const create = (certificateProviderName: string, name = 'signer') =>
      iot.send(
        new CreateCertificateProviderCommand({
          certificateProviderName,
          lambdaFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
          accountDefaultForOperations,
        }),
      )
    const certificateProviderArn = 'arn:aws:iot:us-east-1:123456789012:certificateprovider/own'
    expect(await create('own')).toMatchObject({ certificateProviderArn })
    await expect(create('own', 'other')).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' })
    await expect(create('second')).rejects.toMatchObject({ name: 'LimitExceededException' })
  })
})

const ARN_OF_X = `${ARN}/x`
testNeeds([
  ['UpdateProvisioningTemplate', { templateName: 'x' }, [ARN_OF_X]],
  ['DescribeProvisioningTemplate', { templateName: 'x' }, [ARN_OF_X]],
  ['DeleteProvisioningTemplate', { templateName: 'x' }, [ARN_OF_X]],
  ['CreateProvisioningTemplateVersion', { templateName: 'x', templateBody: '{}' }, [ARN_OF_X]],
  ['DeleteProvisioningTemplateVersion', { templateName: 'x', versionId: 1 }, [ARN_OF_X]],
  ['CreateProvisioningClaim', { templateName: 'x' }, [ARN_OF_X]],
  ['ListProvisioningTemplates', {}, []],
  ['ListCACertificates', { templateName: 'x' }, []],
  [
    'DescribeCertificateProvider',
    { certificateProviderName: 'x' },
    ['arn:aws:iot:us-east-1:123456789012:certificateprovider/x'],
  ],
  ['ListCertificateProviders', {}, []],
])
