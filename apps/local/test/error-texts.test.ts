import { DescribeDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  AttachPolicyCommand,
  AttachPrincipalPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DeleteCertificateCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DescribeEndpointCommand,
  IoTClient,
  RegisterCACertificateCommand,
  RegisterCertificateCommand,
  RegisterCertificateWithoutCACommand,
  UpdateCACertificateCommand,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { TestCertificate } from '../src/services/certificates/authority.test-support.ts'
import { createTemplate } from './support/claim.ts'
import { EVERYTHING } from './support/device.ts'
import { patternOf, readErrorTexts } from './support/error-texts.ts'
import { FunctionClient } from './support/functions.ts'

// docs/reference/error-texts.md, each row over the SDK.

let local: Local
let iot: IoTClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
})
beforeEach(() => local.reset())
afterAll(async () => {
  iot.destroy()
  await local.close()
})

const NAME = 'device'
const policyName = NAME
const ROLE = 'arn:aws:iam::123456789012:role/provisioning'

const makePolicy = () => iot.send(new CreatePolicyCommand({ policyName, policyDocument: EVERYTHING }))
const makeVersion = () => iot.send(new CreatePolicyVersionCommand({ policyName, policyDocument: EVERYTHING }))

async function makeCertificate(setAsActive = false) {
  const { certificateArn = '', certificateId = '' } = await iot.send(
    new CreateKeysAndCertificateCommand({ setAsActive }),
  )
  return { ARN: certificateArn, ID: certificateId }
}

async function deviceCertificate() {
  const { pem } = await TestCertificate.selfSigned('CN=pump-7', { ca: false })
  return pem
}

/** What was given, and the call that is refused. */
type Scenario = () => Promise<{ given?: Readonly<Record<string, string>>; refused: () => Promise<unknown> }>

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'CreatePolicy: the name is taken': async () => {
    await makePolicy()
    return { given: { NAME }, refused: makePolicy }
  },
  'CreatePolicy: the document is none': async () => ({
    refused: () => iot.send(new CreatePolicyCommand({ policyName, policyDocument: './policy.json' })),
  }),
  'CreatePolicyVersion: there are five': async () => {
    await makePolicy()
    for (let version = 2; version <= 5; version += 1) await makeVersion()
    return { given: { NAME }, refused: makeVersion }
  },
  'DeletePolicy: it is attached': async () => {
    await makePolicy()
    await makeVersion()
    const { ARN } = await makeCertificate()
    await iot.send(new AttachPolicyCommand({ policyName, target: ARN }))
    return { given: { NAME }, refused: () => iot.send(new DeletePolicyCommand({ policyName })) }
  },
  'DeletePolicy: it has other versions': async () => {
    await makePolicy()
    await makeVersion()
    return { given: { NAME }, refused: () => iot.send(new DeletePolicyCommand({ policyName })) }
  },
  'DeletePolicyVersion: it is the default one': async () => {
    await makePolicy()
    return { refused: () => iot.send(new DeletePolicyVersionCommand({ policyName, policyVersionId: '1' })) }
  },
  'AttachPrincipalPolicy: the principal is a thing group': async () => {
    await makePolicy()
    const { thingGroupArn } = await iot.send(new CreateThingGroupCommand({ thingGroupName: 'pumps' }))
    return { refused: () => iot.send(new AttachPrincipalPolicyCommand({ policyName, principal: thingGroupArn })) }
  },
  'DeleteCertificate: it is active': async () => {
    const given = await makeCertificate(true)
    return { given, refused: () => iot.send(new DeleteCertificateCommand({ certificateId: given.ID })) }
  },
  'DeleteCertificate: a thing is attached': async () => {
    const given = await makeCertificate()
    await iot.send(new CreateThingCommand({ thingName: 'pump-7' }))
    await iot.send(new AttachThingPrincipalCommand({ thingName: 'pump-7', principal: given.ARN }))
    return { given, refused: () => iot.send(new DeleteCertificateCommand({ certificateId: given.ID })) }
  },
  'DeleteCertificate: a policy is attached': async () => {
    await makePolicy()
    const given = await makeCertificate()
    await iot.send(new AttachPolicyCommand({ policyName, target: given.ARN }))
    return { given, refused: () => iot.send(new DeleteCertificateCommand({ certificateId: given.ID })) }
  },
  'RegisterCertificate: as pending activation': async () => {
    const request = { certificatePem: await deviceCertificate(), status: 'PENDING_ACTIVATION' } as const
    return { refused: () => iot.send(new RegisterCertificateCommand(request)) }
  },
  'RegisterCertificateWithoutCA: as pending activation': async () => {
    const request = { certificatePem: await deviceCertificate(), status: 'PENDING_ACTIVATION' } as const
    return { refused: () => iot.send(new RegisterCertificateWithoutCACommand(request)) }
  },
  'RegisterCertificateWithoutCA: it is registered': async () => {
    const certificatePem = await deviceCertificate()
    const register = () => iot.send(new RegisterCertificateWithoutCACommand({ certificatePem }))
    await register()
    return { refused: register }
  },
  'CreateCertificateFromCsr: the request is none': async () => ({
    refused: () => iot.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest: './device.csr' })),
  }),
  'RegisterCACertificate: ten have its subject': async () => {
    const register = async () => {
      const { pem } = await TestCertificate.selfSigned('CN=Popular CA')
      return iot.send(new RegisterCACertificateCommand({ caCertificate: pem, certificateMode: 'SNI_ONLY' }))
    }
    for (let count = 0; count < 10; count++) await register()
    return { refused: register }
  },
  'UpdateCACertificate: a policy of the template has neither name nor document': async () => {
    const { pem } = await TestCertificate.selfSigned('CN=Plant CA')
    const { certificateId } = await iot.send(
      new RegisterCACertificateCommand({ caCertificate: pem, certificateMode: 'SNI_ONLY' }),
    )
    const policy = { Type: 'AWS::IoT::Policy', Properties: {} }
    const registrationConfig = { templateBody: JSON.stringify({ Resources: { policy } }), roleArn: ROLE }
    return { refused: () => iot.send(new UpdateCACertificateCommand({ certificateId, registrationConfig })) }
  },
  'CreateProvisioningTemplate: the name is taken': async () => {
    await createTemplate(iot, NAME)
    return { given: { NAME }, refused: () => createTemplate(iot, NAME) }
  },
  'CreateProvisioningTemplate: AWS IoT cannot assume the role': async () => ({
    refused: () => createTemplate(iot, NAME, { provisioningRoleArn: ROLE.replace('123456789012', '999999999999') }),
  }),
  'DescribeEndpoint: the type is unknown': async () => ({
    given: { NAME: 'iot:Job' },
    refused: () => iot.send(new DescribeEndpointCommand({ endpointType: 'iot:Job' })),
  }),
  'CreateFunction: the name of a function is taken': async () => {
    const functions = new FunctionClient(local)
    onTestFinished(() => functions[Symbol.dispose]())
    const make = () => functions.create(NAME, 'export const handler = async () => 1')
    await make()
    return { given: { NAME }, refused: make }
  },
  'CreateFunction: Lambda cannot assume the role': async () => {
    const functions = new FunctionClient(local)
    const iam = new IAMClient(local.sdk)
    onTestFinished(() => {
      functions[Symbol.dispose]()
      iam.destroy()
    })
    const trust = { Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: NAME,
        AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
      }),
    )
    return { refused: () => functions.create(NAME, 'export const handler = async () => 1', { Role: Role?.Arn }) }
  },
  'DescribeDeliveryStream: there is no such stream': async () => {
    const firehose = new FirehoseClient(local.sdk)
    onTestFinished(() => firehose.destroy())
    const refused = () => firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: NAME }))
    return { given: { NAME, ID: '123456789012' }, refused }
  },
}

const TEXTS = readErrorTexts('error-texts.md')

test('each row has its scenario, and each scenario its row', () => {
  expect(TEXTS.map(({ when }) => when)).toEqual(Object.keys(SCENARIOS))
})

test.each(TEXTS.map((row) => [row.when, row] as const))('%s', async (when, row) => {
  const { given = {}, refused } = (await SCENARIOS[when]?.()) ?? { refused: () => Promise.resolve() }
  await expect(refused()).rejects.toMatchObject({
    name: row.error,
    message: expect.stringMatching(patternOf(row, given)),
  })
})

test.each([undefined, 'iot:Data', 'iot:Data-ATS', 'IoT:Data-ATS', 'iot:CredentialProvider', 'iot:Jobs'])(
  'DescribeEndpoint answers for %s',
  async (endpointType) => {
    const { endpointAddress } = await iot.send(new DescribeEndpointCommand({ endpointType }))
    expect(endpointAddress).toBe('localhost')
  },
)

test('a certificate registered as what it cannot be is answered 406', async () => {
  const certificatePem = await deviceCertificate()
  const refused = iot.send(new RegisterCertificateWithoutCACommand({ certificatePem, status: 'PENDING_ACTIVATION' }))
  await expect(refused).rejects.toMatchObject({ $metadata: { httpStatusCode: 406 } })
})
