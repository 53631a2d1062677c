import {
  type CloudWatchClient,
  type CompositeAlarm,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch'
import { ALARM_STATES, type Alarm, type AlarmList, type Metric } from '@thingdeck/contract'
import { alarmsOfRule } from './alarm-rule.ts'
import { toMetric } from './metric-list.ts'

/** The most that AWS gives at once (CloudWatch API reference, DescribeAlarms). */
const PAGE_SIZE = 100
/** An account may have thousands for other services: so many pages are looked through, of which AWS allows nine a second. */
const MOST_PAGES = 20

/**
 * The alarms that watch AWS IoT's metrics, and the composite ones that depend on such: AWS has no way to ask for those of a
 * namespace.
 */
export async function readAlarms(cloudwatch: CloudWatchClient, abortSignal: AbortSignal): Promise<AlarmList> {
  const alarms: Alarm[] = []
  const composites: CompositeAlarm[] = []
  let NextToken: string | undefined
  let pages = 0
  do {
    const page = await cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: PAGE_SIZE, NextToken }),
      { abortSignal },
    )
    for (const alarm of page.MetricAlarms ?? []) {
      const read = toAlarm(alarm)
      if (read.metrics.length > 0) alarms.push(read)
    }
    composites.push(...(page.CompositeAlarms ?? []))
    NextToken = page.NextToken
    pages += 1
  } while (NextToken !== undefined && pages < MOST_PAGES)
  alarms.push(...ofThese(alarms, composites))
  return { outcome: 'read', alarms: alarms.sort(byUrgency), isAll: NextToken === undefined }
}

/** Those that depend on one of the alarms, or on one that does. */
function ofThese(alarms: readonly Alarm[], composites: readonly CompositeAlarm[]): Alarm[] {
  const known = new Set(alarms.map(({ alarmName }) => alarmName))
  const found: CompositeAlarm[] = []
  let rest = composites
  for (;;) {
    const more = rest.filter(({ AlarmRule = '' }) => alarmsOfRule(AlarmRule).some((name) => known.has(name)))
    if (more.length === 0) return found.map(toCompositeAlarm)
    found.push(...more)
    for (const { AlarmName } of more) known.add(AlarmName ?? '')
    rest = rest.filter((alarm) => !more.includes(alarm))
  }
}

function toCompositeAlarm(alarm: CompositeAlarm): Alarm {
  const { AlarmRule = '' } = alarm
  return {
    ...stateOf(alarm),
    metrics: [],
    isExpression: false,
    alarmRule: AlarmRule,
    dependsOn: alarmsOfRule(AlarmRule),
  }
}

const byUrgency = (one: Alarm, other: Alarm): number =>
  ALARM_STATES.indexOf(one.state) - ALARM_STATES.indexOf(other.state) || (one.alarmName < other.alarmName ? -1 : 1)

const isOfIot = (metric: Metric | undefined): metric is Metric => metric !== undefined

function toAlarm(alarm: MetricAlarm): Alarm {
  const single = toMetric(alarm)
  const ofExpression = (alarm.Metrics ?? []).map(({ MetricStat }) => MetricStat?.Metric && toMetric(MetricStat.Metric))
  return {
    ...stateOf(alarm),
    metrics: (single ? [single] : ofExpression).filter(isOfIot),
    isExpression: alarm.MetricName === undefined,
    ...given('stat', alarm.Statistic ?? alarm.ExtendedStatistic),
    ...given('periodSeconds', alarm.Period),
    ...given('threshold', alarm.Threshold),
    ...given('comparison', alarm.ComparisonOperator),
    ...given('evaluationPeriods', alarm.EvaluationPeriods),
    ...given('datapointsToAlarm', alarm.DatapointsToAlarm),
  }
}

/** What alarms of both kinds have. */
function stateOf(alarm: MetricAlarm | CompositeAlarm) {
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp
  return {
    alarmName: alarm.AlarmName ?? '',
    alarmArn: alarm.AlarmArn ?? '',
    state: ALARM_STATES.find((state) => state === alarm.StateValue) ?? ('INSUFFICIENT_DATA' as const),
    actionsEnabled: alarm.ActionsEnabled ?? true,
    ...given('description', alarm.AlarmDescription),
    ...given('stateReason', alarm.StateReason),
    ...given('stateSince', since?.toISOString()),
  }
}

/** The member, where AWS gave it. */
const given = <Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Each in Name]?: Value } => (value === undefined ? {} : ({ [name]: value } as { [Each in Name]: Value })) // a computed name is any text to the types
