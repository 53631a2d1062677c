import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import * as sdk from '@aws-sdk/client-iot'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { registryHandlers } from '../src/services/registry/handlers.ts'
import { certificate, IDENTITY, registryFixture } from './support/registry.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012:'
const thing = `${ARN}thing/t`
const group = `${ARN}thinggroup/g`
const billing = `${ARN}billinggroup/b`
const type = `${ARN}thingtype/y`
const index = `${ARN}index/AWS_Things`
const cert = certificate('a').replace('eu-central-1', 'us-east-1')
const t = { thingName: 't' }
const g = { thingGroupName: 'g' }
const b = { billingGroupName: 'b' }
const y = { thingTypeName: 'y' }

/**
 * What policies are asked about each operation of the registry: all of these resources, or everything where there is none.
 * Source: Service Authorization Reference, "Actions defined by AWS IoT", of June 2026.
 */
const ROWS: readonly (readonly [operation: string, input: object, resources: readonly string[]])[] = [
  ['AddThingToBillingGroup', { ...t, ...b }, [thing, billing]],
  ['AddThingToBillingGroup', { thingArn: thing, billingGroupArn: billing }, [thing, billing]],
  ['AddThingToThingGroup', { ...t, ...g }, [thing, group]],
  ['AddThingToThingGroup', { thingArn: thing, thingGroupArn: group }, [thing, group]],
  ['AttachThingPrincipal', { ...t, principal: cert }, [cert]],
  ['AttachThingPrincipal', { ...t, principal: IDENTITY }, []],
  ['CreateBillingGroup', b, [billing]],
  ['CreateDynamicThingGroup', { ...g, queryString: '*' }, [group]],
  ['CreateThing', { ...t, ...y }, [thing]],
  ['CreateThing', { ...t, ...b }, [thing, billing]],
  ['CreateThingGroup', { ...g, parentGroupName: 'p' }, [group]],
  ['CreateThingType', y, [type]],
  ['DeleteBillingGroup', b, [billing]],
  ['DeleteDynamicThingGroup', g, [group]],
  ['DeleteThing', t, [thing]],
  ['DeleteThingGroup', g, [group]],
  ['DeleteThingType', y, [type]],
  ['DeprecateThingType', y, [type]],
  ['DescribeBillingGroup', b, [billing]],
  ['DescribeIndex', { indexName: 'AWS_Things' }, [index]],
  ['DescribeThing', t, [thing]],
  ['DescribeThingGroup', g, [group]],
  ['DescribeThingType', y, [type]],
  ['DetachThingPrincipal', { ...t, principal: cert }, [cert]],
  ['GetBucketsAggregation', { queryString: '*', aggregationField: 'thingName', bucketsAggregationType: {} }, [index]],
  ['GetCardinality', { queryString: '*' }, [index]],
  ['GetIndexingConfiguration', {}, []],
  ['GetPercentiles', { queryString: '*', indexName: 'AWS_ThingGroups' }, [`${ARN}index/AWS_ThingGroups`]],
  ['GetStatistics', { queryString: '*' }, [index]],
  ['ListBillingGroups', { namePrefixFilter: 'b' }, []],
  ['ListIndices', {}, []],
  ['ListPrincipalThings', { principal: cert }, [cert]],
  ['ListPrincipalThingsV2', { principal: cert }, [cert]],
  ['ListThingGroups', { parentGroup: 'g' }, []],
  ['ListThingGroupsForThing', t, [thing]],
  ['ListThingPrincipals', t, [thing]],
  ['ListThingPrincipalsV2', t, [thing]],
  ['ListThingTypes', y, []],
  ['ListThings', y, []],
  ['ListThingsInBillingGroup', b, [billing]],
  ['ListThingsInThingGroup', g, [group]],
  ['RemoveThingFromBillingGroup', { ...t, ...b }, [thing, billing]],
  ['RemoveThingFromThingGroup', { ...t, ...g }, [thing, group]],
  ['SearchIndex', { queryString: '*' }, [index]],
  ['SearchIndex', { queryString: '*', indexName: 'AWS_ThingGroups' }, [`${ARN}index/AWS_ThingGroups`]],
  ['UpdateBillingGroup', { ...b, billingGroupProperties: {} }, [billing]],
  ['UpdateDynamicThingGroup', { ...g, thingGroupProperties: {} }, [group]],
  ['UpdateIndexingConfiguration', {}, []],
  ['UpdateThing', { ...t, ...y }, [thing]],
  ['UpdateThingGroup', { ...g, thingGroupProperties: {} }, [group]],
  [
    'UpdateThingGroupsForThing',
    { ...t, thingGroupsToAdd: ['g', 'h'], thingGroupsToRemove: ['i'] },
    [thing, group, `${ARN}thinggroup/h`, `${ARN}thinggroup/i`],
  ],
  ['UpdateThingType', y, [type]],
]

let local: Local
let iam: IAMClient
let installer: sdk.IoTClient

const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })

beforeAll(async () => {
  local = await startLocal()
  iam = new IAMClient(local.sdk)
  const trust = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' }
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'installer', AssumeRolePolicyDocument: document(trust) }),
  )
  const assume = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'test' })
  const { Credentials } = await new STSClient(local.sdk).send(assume)
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  installer = new sdk.IoTClient({
    ...local.sdk,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  })
})

afterAll(() => local[Symbol.asyncDispose]())

const allow = (...Statement: object[]) =>
  iam.send(
    new PutRolePolicyCommand({ RoleName: 'installer', PolicyName: 'only', PolicyDocument: document(...Statement) }),
  )

/** Whom policies refused it on; undefined where the operation itself answered, whatever it said. */
async function refusedOn(operation: string, input: object): Promise<string | undefined> {
  const commands: Readonly<Record<string, unknown>> = sdk
  const Command = commands[`${operation}Command`] as new (input: object) => sdk.DescribeThingCommand // any of them will do
  const error: unknown = await installer.send(new Command(input)).catch((thrown: unknown) => thrown)
  if (!(error instanceof Error) || error.name !== 'AccessDeniedException') return undefined
  return /on resource: (\S+)$/.exec(error.message)?.[1]
}

test('every operation of the registry is here', () => {
  const operations = Object.keys(registryHandlers(registryFixture().registry))
  expect([...new Set(ROWS.map(([operation]) => operation))].sort()).toEqual(operations.sort())
})

describe('what is allowed on these alone is allowed, and what is denied on one of them is denied', () => {
  test.each(ROWS)('%s %j: %j', async (operation, input, resources) => {
    const Action = `iot:${operation}`
    await allow({ Effect: 'Allow', Action, Resource: resources.length > 0 ? resources : '*' })
    expect(await refusedOn(operation, input)).toBeUndefined()
    await allow({ Effect: 'Allow', Action, Resource: `${ARN}none/such` })
    expect(await refusedOn(operation, input)).toBe(resources[0] ?? '*')
    for (const Resource of resources) {
      await allow({ Effect: 'Allow', Action, Resource: '*' }, { Effect: 'Deny', Action, Resource })
      expect(await refusedOn(operation, input)).toBe(Resource)
    }
  })
})

test('who may attach and detach can be limited to things', async () => {
  const Condition = { ArnLike: { 'iot:thingArn': `${ARN}thing/lamp-*` } }
  const Action = ['iot:AttachThingPrincipal', 'iot:DetachThingPrincipal']
  await allow({ Effect: 'Allow', Action, Resource: '*', Condition })
  for (const operation of ['AttachThingPrincipal', 'DetachThingPrincipal']) {
    expect(await refusedOn(operation, { thingName: 'lamp-1', principal: cert })).toBeUndefined()
    expect(await refusedOn(operation, { thingName: 'pump-1', principal: cert })).toBe(cert)
  }
})
