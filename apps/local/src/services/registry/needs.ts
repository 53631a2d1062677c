import { type Account, arnOf } from '../../foundation/account.ts'
import { type ControlPlaneNeed, type ControlPlaneNeeds, needOfPrincipal } from '../../foundation/control-plane-needs.ts'
import { THINGS_INDEX } from './fleet-index/index-queries.ts'

/** What is needed of all resources at once, and cannot be limited to some. */
const everything = (): ControlPlaneNeed => ({ resources: [] })

/**
 * Whom policies are asked about, where it is not the one thing, group, type or billing group that the input names.
 * @see Service Authorization Reference, "Actions defined by AWS IoT"
 */
export function registryNeeds(account: Account): ControlPlaneNeeds {
  const membership = (input: MembershipInput): ControlPlaneNeed => ({
    resources: [
      ...named('thing', input.thingName, input.thingArn),
      ...named('thinggroup', input.thingGroupName, input.thingGroupArn),
      ...named('billinggroup', input.billingGroupName, input.billingGroupArn),
    ],
  })
  const attachment = (input: { thingName: string; principal: string }): ControlPlaneNeed => ({
    ...needOfPrincipal(input.principal),
    context: { 'iot:thingArn': arnOf(account, 'iot', `thing/${input.thingName}`) },
  })
  const index = ({ indexName = THINGS_INDEX }: { indexName?: string | undefined }): ControlPlaneNeed => ({
    resources: [`index/${indexName}`],
  })
  const fleetMetric = ({ metricName }: { metricName: string }): ControlPlaneNeed => ({
    resources: [`fleetmetric/${metricName}`],
  })
  const indexedMetric = (input: { metricName: string; indexName?: string | undefined }): ControlPlaneNeed => ({
    resources: [...fleetMetric(input).resources, ...index(input).resources],
  })
  return {
    AddThingToBillingGroup: membership,
    AddThingToThingGroup: membership,
    AttachThingPrincipal: attachment,
    CreateFleetMetric: indexedMetric,
    CreateThing: membership,
    DeleteFleetMetric: fleetMetric,
    DescribeFleetMetric: fleetMetric,
    DescribeIndex: index,
    GetBucketsAggregation: index,
    GetCardinality: index,
    GetPercentiles: index,
    GetStatistics: index,
    GetThingConnectivityData: ({ thingName, includeSocketInformation = false }) => ({
      resources: named('thing', thingName, undefined),
      context: { 'iot:IncludeSocketInformation': String(includeSocketInformation) },
    }),
    ListFleetMetrics: everything,
    UpdateFleetMetric: indexedMetric,
    DetachThingPrincipal: attachment,
    ListPrincipalThings: ({ principal }) => needOfPrincipal(principal),
    ListPrincipalThingsV2: ({ principal }) => needOfPrincipal(principal),
    ListThings: everything,
    ListThingTypes: everything,
    RemoveThingFromBillingGroup: membership,
    RemoveThingFromThingGroup: membership,
    SearchIndex: index,
    UpdateThingGroupsForThing: ({ thingName, thingGroupsToAdd = [], thingGroupsToRemove = [] }) => ({
      resources: [
        ...named('thing', thingName, undefined),
        ...[...thingGroupsToAdd, ...thingGroupsToRemove].map((group) => `thinggroup/${group}`),
      ],
    }),
  }
}

interface MembershipInput {
  readonly thingName?: string | undefined
  readonly thingArn?: string | undefined
  readonly thingGroupName?: string | undefined
  readonly thingGroupArn?: string | undefined
  readonly billingGroupName?: string | undefined
  readonly billingGroupArn?: string | undefined
}

/** A resource by its name and by its ARN, as many of both as the input has. */
function named(type: string, name: string | undefined, arn: string | undefined): string[] {
  return [...(name === undefined ? [] : [`${type}/${name}`]), ...(arn === undefined ? [] : [arn])]
}
