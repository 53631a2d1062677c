import { expect, test } from 'vitest'
import { registryHandlers } from '../src/services/registry/handlers.ts'
import { type NeedRow, testNeeds } from './support/limited-role.ts'
import { certificate, IDENTITY, registryFixture } from './support/registry.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012:'
const thing = `${ARN}thing/t`
const group = `${ARN}thinggroup/g`
const billing = `${ARN}billinggroup/b`
const metric = `${ARN}fleetmetric/m`
const type = `${ARN}thingtype/y`
const index = `${ARN}index/AWS_Things`
const cert = certificate('a').replace('eu-central-1', 'us-east-1')
const t = { thingName: 't' }
const g = { thingGroupName: 'g' }
const b = { billingGroupName: 'b' }
const m = { metricName: 'm' }
const y = { thingTypeName: 'y' }

/**
 * What policies are asked about each operation of the registry: all of these resources, or everything where there is none.
 * Source: Service Authorization Reference, "Actions defined by AWS IoT", of June 2026.
 */
const ROWS: readonly NeedRow[] = [
  ['AddThingToBillingGroup', { ...t, ...b }, [thing, billing]],
  ['AddThingToBillingGroup', { thingArn: thing, billingGroupArn: billing }, [thing, billing]],
  ['AddThingToThingGroup', { ...t, ...g }, [thing, group]],
  ['AddThingToThingGroup', { thingArn: thing, thingGroupArn: group }, [thing, group]],
  ['AttachThingPrincipal', { ...t, principal: cert }, [cert]],
  ['AttachThingPrincipal', { ...t, principal: IDENTITY }, []],
  ['CreateBillingGroup', b, [billing]],
  ['CreateDynamicThingGroup', { ...g, queryString: '*' }, [group]],
  [
    'CreateFleetMetric',
    {
      ...m,
      queryString: '*',
      aggregationField: 'registry.version',
      aggregationType: { name: 'Statistics', values: ['count'] },
      period: 60,
    },
    [metric, index],
  ],
  ['CreateThing', { ...t, ...y }, [thing]],
  ['CreateThing', { ...t, ...b }, [thing, billing]],
  ['CreateThingGroup', { ...g, parentGroupName: 'p' }, [group]],
  ['CreateThingType', y, [type]],
  ['DeleteBillingGroup', b, [billing]],
  ['DeleteDynamicThingGroup', g, [group]],
  ['DeleteFleetMetric', m, [metric]],
  ['DeleteThing', t, [thing]],
  ['DeleteThingGroup', g, [group]],
  ['DeleteThingType', y, [type]],
  ['DeprecateThingType', y, [type]],
  ['DescribeBillingGroup', b, [billing]],
  ['DescribeFleetMetric', m, [metric]],
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
  ['GetThingConnectivityData', t, [thing]],
  ['ListBillingGroups', { namePrefixFilter: 'b' }, []],
  ['ListFleetMetrics', {}, []],
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
  ['UpdateFleetMetric', { ...m, indexName: 'AWS_ThingGroups' }, [metric, `${ARN}index/AWS_ThingGroups`]],
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

const role = testNeeds(ROWS)

test('every operation of the registry is here', () => {
  const operations = Object.keys(registryHandlers(registryFixture().registry))
  expect([...new Set(ROWS.map(([operation]) => operation))].sort()).toEqual(operations.sort())
})

test('whether the ends of a connection may be seen can be limited', async () => {
  const Condition = { Bool: { 'iot:IncludeSocketInformation': 'false' } }
  await role().allow({ Effect: 'Allow', Action: 'iot:GetThingConnectivityData', Resource: '*', Condition })
  expect(await role().refusedOn('GetThingConnectivityData', t)).toBeUndefined()
  expect(await role().refusedOn('GetThingConnectivityData', { ...t, includeSocketInformation: true })).toBe(thing)
})

test('who may attach and detach can be limited to things', async () => {
  const Condition = { ArnLike: { 'iot:thingArn': `${ARN}thing/lamp-*` } }
  const Action = ['iot:AttachThingPrincipal', 'iot:DetachThingPrincipal']
  await role().allow({ Effect: 'Allow', Action, Resource: '*', Condition })
  for (const operation of ['AttachThingPrincipal', 'DetachThingPrincipal']) {
    expect(await role().refusedOn(operation, { thingName: 'lamp-1', principal: cert })).toBeUndefined()
    expect(await role().refusedOn(operation, { thingName: 'pump-1', principal: cert })).toBe(cert)
  }
})
