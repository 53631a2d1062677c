/** How many calls of each operation a second; undefined: as many as come. */
export type ApiRates = (api: string, operation: string) => number | undefined

/** AWS's own where the table has none: what the quotas of most operations of AWS IoT's control plane are. */
const OF_MOST = 10

/**
 * Calls a second of an account in a region, where they are not {@link OF_MOST}. Sources: Service Quotas, `iotcore`
 * ("CreateThing API TPS" …); AWS IoT Core endpoints and quotas; AWS IoT Device Management quotas (fleet indexing);
 * CloudWatch quotas; CloudWatch Logs quotas.
 */
const QUOTAS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  IoT: {
    AddThingToBillingGroup: 60,
    AddThingToThingGroup: 100,
    AttachPolicy: 15,
    AttachThingPrincipal: 100,
    ConfirmTopicRuleDestination: 5,
    CreateBillingGroup: 25,
    CreateCertificateFromCsr: 15,
    CreateDynamicThingGroup: 5,
    CreateThing: 100,
    CreateThingGroup: 25,
    CreateThingType: 15,
    CreateTopicRule: 5,
    CreateTopicRuleDestination: 5,
    DeleteBillingGroup: 15,
    DeleteDynamicThingGroup: 5,
    DeleteThing: 100,
    DeleteThingGroup: 15,
    DeleteThingType: 15,
    DeleteTopicRule: 20,
    DeleteTopicRuleDestination: 5,
    DeprecateThingType: 15,
    DescribeBillingGroup: 100,
    DescribeThing: 350,
    DescribeThingGroup: 100,
    DescribeThingType: 100,
    DetachPolicy: 15,
    DetachThingPrincipal: 100,
    DeleteCommandExecution: 15,
    GetBucketsAggregation: 15,
    GetCardinality: 15,
    GetCommand: 15,
    GetCommandExecution: 20,
    GetPercentiles: 15,
    GetStatistics: 15,
    GetTopicRule: 200,
    GetTopicRuleDestination: 5,
    ListThingGroupsForThing: 100,
    ListThingsInBillingGroup: 25,
    ListThingsInThingGroup: 25,
    ListTopicRules: 2,
    ListTopicRuleDestinations: 1,
    RemoveThingFromBillingGroup: 15,
    RemoveThingFromThingGroup: 100,
    ReplaceTopicRule: 5,
    SearchIndex: 15,
    UpdateBillingGroup: 15,
    UpdateDynamicThingGroup: 5,
    UpdateIndexingConfiguration: 1,
    UpdateThing: 100,
    UpdateThingGroup: 15,
    UpdateTopicRuleDestination: 5,
  },
  IoTJobsDataPlane: { StartCommandExecution: 100 },
  CloudWatch: { GetMetricData: 50 },
  CloudWatchLogs: { FilterLogEvents: 5 },
}

/** Of AWS as it is, but for those named. */
const ratesWith =
  (own: Readonly<Record<string, number>> = {}): ApiRates =>
  (api, operation) =>
    own[operation] ?? QUOTAS[api]?.[operation] ?? (api === 'IoT' ? OF_MOST : undefined)

/**
 * The rates that a variable names: `off`, or those that differ from AWS's, `ListThings=20,SearchIndex=50`.
 * @returns undefined for a text of neither form
 */
export function readApiRates(text: string | undefined): ApiRates | undefined {
  if (text === undefined || text === '') return ratesWith()
  if (text === 'off') return () => undefined
  const own: Record<string, number> = {}
  for (const each of text.split(',')) {
    const [, operation, rate] = /^\s*([A-Z]\w*)=(\d+(?:\.\d+)?)\s*$/.exec(each) ?? []
    if (operation === undefined || !(Number(rate) > 0)) return undefined
    own[operation] = Number(rate)
  }
  return ratesWith(own)
}
