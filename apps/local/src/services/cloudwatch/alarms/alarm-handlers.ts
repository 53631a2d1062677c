import type * as sdk from '@aws-sdk/client-cloudwatch'
import { AwsError, type Handlers, type Input } from '@thingdeck/aws-api'
import type { Account } from '../../../foundation/account.ts'
import type { Caller } from '../../../foundation/caller.ts'
import { paginate, paginateByText } from '../../../foundation/paging.ts'
import { bothGiven, invalidNextToken, invalidValue, validationFailed } from '../cloudwatch-errors.ts'
import { dimensionsKey } from '../dimensions.ts'
import type { MetricReader } from '../metric-reader.ts'
import type { Alarm } from './alarm.ts'
import { readCompositeAlarm, readMetricAlarm } from './alarm-input.ts'
import { compositeAlarmOf, metricAlarmOf } from './alarm-output.ts'
import type { AlarmTable } from './alarm-table.ts'
import { type Alarms, childrenOf } from './alarms.ts'

const PAGE_SIZE = 100
const MAX_TAGS = 50

export interface AlarmHandlerParts {
  readonly account: Account
  readonly alarms: Alarms
  readonly table: AlarmTable
  readonly reader: MetricReader
}

/** The operations on alarms, and on tags, which alarms alone have here. */
export function alarmHandlers(parts: AlarmHandlerParts) {
  const { account, alarms, table, reader } = parts
  return {
    PutMetricAlarm: (input) => {
      const range = { startSeconds: 0, endSeconds: 60 } // nothing is read
      const scope = { accountId: account.id, region: account.region, range, offsetMinutes: 0, parameter: 'Metrics' }
      const definition = readMetricAlarm(input, reader, scope)
      const { AlarmName: name = '', ActionsEnabled = true } = definition
      reader.refresh()
      alarms.put({ name, kind: 'MetricAlarm', definition, actionsEnabled: ActionsEnabled }, tagsIn(input.Tags))
      return {}
    },
    PutCompositeAlarm: (input) => {
      const definition = readCompositeAlarm(input)
      const { AlarmName: name = '', ActionsEnabled = true } = definition
      alarms.put({ name, kind: 'CompositeAlarm', definition, actionsEnabled: ActionsEnabled }, tagsIn(input.Tags))
      return {}
    },
    DeleteAlarms: ({ AlarmNames = [] }) => {
      alarms.delete(AlarmNames)
      return {}
    },
    DescribeAlarms: (input) => describeAlarms(parts, input),
    DescribeAlarmsForMetric: (input) => ({
      MetricAlarms: table.all().flatMap((alarm) => {
        return alarm.kind === 'MetricAlarm' && isOfMetric(alarm, input)
          ? [metricAlarmOf(alarm, alarms.arn(alarm.name))]
          : []
      }),
    }),
    DescribeAlarmHistory: (input) => describeHistory(table, input),
    SetAlarmState: ({ AlarmName = '', StateValue = 'OK', StateReason = '', StateReasonData }) => {
      if (StateReasonData !== undefined && !isJson(StateReasonData)) {
        throw new AwsError('InvalidFormatFault', 'StateReasonData was not valid JSON')
      }
      alarms.setState(AlarmName, { value: StateValue, reason: StateReason, reasonData: StateReasonData })
      return {}
    },
    EnableAlarmActions: ({ AlarmNames = [] }) => {
      alarms.enableActions(AlarmNames, true)
      return {}
    },
    DisableAlarmActions: ({ AlarmNames = [] }) => {
      alarms.enableActions(AlarmNames, false)
      return {}
    },
    TagResource: ({ ResourceARN = '', Tags = [] }) => {
      const name = taggedAlarm(parts, ResourceARN)
      const tags = { ...table.tags(name), ...tagsIn(Tags) }
      if (Object.keys(tags).length > MAX_TAGS) throw invalidValue(`An alarm can have ${MAX_TAGS} tags at most`)
      table.setTags(name, tags)
      return {}
    },
    UntagResource: ({ ResourceARN = '', TagKeys = [] }) => {
      const name = taggedAlarm(parts, ResourceARN)
      const kept = Object.entries(table.tags(name)).filter(([key]) => !TagKeys.includes(key))
      table.setTags(name, Object.fromEntries(kept))
      return {}
    },
    ListTagsForResource: ({ ResourceARN = '' }) => ({
      Tags: Object.entries(table.tags(taggedAlarm(parts, ResourceARN))).map(([Key, Value]) => ({ Key, Value })),
    }),
  } satisfies Handlers<typeof sdk, Caller>
}

function describeAlarms({ alarms, table }: AlarmHandlerParts, input: Input<typeof sdk, 'DescribeAlarms'>) {
  const { AlarmNames, AlarmNamePrefix, AlarmTypes = ['MetricAlarm'], StateValue, ActionPrefix } = input
  const { ChildrenOfAlarmName, ParentsOfAlarmName, MaxRecords = PAGE_SIZE, NextToken } = input
  if (AlarmNames && AlarmNamePrefix !== undefined) {
    throw validationFailed(bothGiven('AlarmNames', 'AlarmNamePrefix'))
  }
  if (ChildrenOfAlarmName !== undefined && ParentsOfAlarmName !== undefined) {
    throw validationFailed(bothGiven('ChildrenOfAlarmName', 'ParentsOfAlarmName'))
  }
  const related = relatedTo(alarms, ChildrenOfAlarmName, ParentsOfAlarmName)
  const isMeant = (alarm: Alarm) =>
    AlarmTypes.some((type) => type === alarm.kind) &&
    (AlarmNames === undefined || AlarmNames.includes(alarm.name)) &&
    (AlarmNamePrefix === undefined || alarm.name.startsWith(AlarmNamePrefix)) &&
    (StateValue === undefined || alarm.state.value === StateValue) &&
    (ActionPrefix === undefined || actionsOf(alarm).some((arn) => arn.startsWith(ActionPrefix))) &&
    (related === undefined || related.includes(alarm.name))
  const found = table.all().filter(isMeant)
  const page = paginateByText(
    { maxResults: MaxRecords, nextToken: NextToken },
    'DescribeAlarms',
    (after, count) => found.filter(({ name }) => name > after).slice(0, count),
    ({ name }) => name,
    invalidNextToken,
  )
  return {
    MetricAlarms: page.items.flatMap((alarm) =>
      alarm.kind === 'MetricAlarm' ? [metricAlarmOf(alarm, alarms.arn(alarm.name))] : [],
    ),
    CompositeAlarms: page.items.flatMap((alarm) =>
      alarm.kind === 'CompositeAlarm' ? [compositeAlarmOf(alarm, alarms.arn(alarm.name))] : [],
    ),
    NextToken: page.nextToken,
  }
}

function relatedTo(
  alarms: Alarms,
  parent: string | undefined,
  child: string | undefined,
): readonly string[] | undefined {
  if (parent !== undefined) {
    const alarm = alarms.require(parent)
    return alarm.kind === 'CompositeAlarm' ? childrenOf(alarm) : []
  }
  return child === undefined ? undefined : alarms.parentsOf(child).map(({ name }) => name)
}

function actionsOf({ definition }: Alarm): readonly string[] {
  const { OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = definition
  return [...OKActions, ...AlarmActions, ...InsufficientDataActions]
}

function isOfMetric(
  { definition }: Extract<Alarm, { kind: 'MetricAlarm' }>,
  {
    MetricName,
    Namespace,
    Statistic,
    ExtendedStatistic,
    Dimensions = [],
    Period,
    Unit,
  }: Input<typeof sdk, 'DescribeAlarmsForMetric'>,
): boolean {
  return (
    definition.MetricName === MetricName &&
    definition.Namespace === Namespace &&
    dimensionsKey(definition.Dimensions ?? []) === dimensionsKey(Dimensions) &&
    (Statistic === undefined || definition.Statistic === Statistic) &&
    (ExtendedStatistic === undefined || definition.ExtendedStatistic === ExtendedStatistic) &&
    (Period === undefined || definition.Period === Period) &&
    (Unit === undefined || definition.Unit === Unit)
  )
}

function describeHistory(table: AlarmTable, input: Input<typeof sdk, 'DescribeAlarmHistory'>) {
  const { AlarmName, AlarmTypes = ['MetricAlarm'], HistoryItemType, StartDate, EndDate, NextToken } = input
  const { ScanBy, MaxRecords = PAGE_SIZE, AlarmContributorId } = input
  if (AlarmContributorId !== undefined) throw validationFailed('AlarmContributorId: alarms have no contributors here')
  const isAscending = ScanBy === 'TimestampAscending'
  const type = HISTORY_TYPES.find((known) => known === HistoryItemType)
  const query = {
    alarmName: AlarmName,
    kinds: ALARM_KINDS.filter((kind) => AlarmTypes.includes(kind)),
    type,
    fromMs: StartDate?.getTime() ?? 0,
    toMs: EndDate?.getTime() ?? Number.MAX_SAFE_INTEGER,
    isAscending,
  }
  const isUnknown = HistoryItemType !== undefined && type === undefined
  const page = paginate(
    { maxResults: MaxRecords, nextToken: NextToken },
    `DescribeAlarmHistory ${ScanBy ?? ''}`,
    [isAscending ? -1 : Number.MAX_SAFE_INTEGER, 0],
    (after: readonly [number, number], count) => (isUnknown ? [] : table.history(query, after, count)),
    ({ atMs, id }) => [atMs, id],
    invalidNextToken,
  )
  return {
    AlarmHistoryItems: page.items.map((item) => ({
      AlarmName: item.alarmName,
      AlarmType: item.alarmKind,
      Timestamp: new Date(item.atMs),
      HistoryItemType: item.type,
      HistorySummary: item.summary,
      HistoryData: item.data,
    })),
    NextToken: page.nextToken,
  }
}

const HISTORY_TYPES = ['ConfigurationUpdate', 'StateUpdate', 'Action'] as const
const ALARM_KINDS = ['MetricAlarm', 'CompositeAlarm'] as const

/** @throws {AwsError} ResourceNotFoundException, InvalidParameterValueException */
function taggedAlarm({ alarms, table }: AlarmHandlerParts, arn: string): string {
  const own = alarms.arn('')
  if (!arn.startsWith(own))
    throw invalidValue(`ResourceARN: expected the ARN of an alarm, such as ${own}NAME, not ${arn}`)
  const name = arn.slice(own.length)
  if (table.find(name)) return name
  throw new AwsError('ResourceNotFoundException', `Unknown resource: ${arn}`, {
    ResourceType: 'alarm',
    ResourceId: name,
  })
}

function tagsIn(
  tags: readonly { readonly Key: string | undefined; readonly Value: string | undefined }[] = [],
): Record<string, string> {
  if (tags.length > MAX_TAGS) throw invalidValue(`An alarm can have ${MAX_TAGS} tags at most`)
  return Object.fromEntries(
    tags.map(({ Key = '', Value = '' }) => {
      if (/^aws:/i.test(Key)) throw invalidValue(`The tag key ${Key} is AWS's own: keys must not begin with aws:`)
      return [Key, Value]
    }),
  )
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
