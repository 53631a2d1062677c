import type * as sdk from '@aws-sdk/client-cloudwatch'
import type { Input } from '@thingdeck/aws-api'

export type StateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

export type MetricAlarmInput = Input<typeof sdk, 'PutMetricAlarm'>
export type CompositeAlarmInput = Input<typeof sdk, 'PutCompositeAlarm'>

/** Settings that are refused. */
type NotThere =
  | 'ThresholdMetricId'
  | 'EvaluationCriteria'
  | 'EvaluationInterval'
  | 'EvaluationWindow'
  | 'WarmUpConfiguration'
  | 'ActionConfiguration'

export interface AlarmState {
  readonly value: StateValue
  readonly reason: string
  /** JSON */
  readonly reasonData: string | undefined
  readonly updatedAtMs: number
  /** When `value` changed last. */
  readonly transitionedAtMs: number
}

interface AlarmBase {
  readonly name: string
  readonly configuredAtMs: number
  readonly actionsEnabled: boolean
  readonly state: AlarmState
}

export interface MetricAlarm extends AlarmBase {
  readonly kind: 'MetricAlarm'
  /** As it was put. */
  readonly definition: Omit<MetricAlarmInput, 'Tags' | NotThere>
}

export interface CompositeAlarm extends AlarmBase {
  readonly kind: 'CompositeAlarm'
  readonly definition: Omit<CompositeAlarmInput, 'Tags' | NotThere>
}

/** An alarm on a metric or an expression, or one on other alarms. */
export type Alarm = MetricAlarm | CompositeAlarm

export type HistoryItemType = 'ConfigurationUpdate' | 'StateUpdate' | 'Action'

/** What happened to an alarm. */
export interface HistoryItem {
  readonly alarmName: string
  readonly alarmKind: Alarm['kind']
  readonly atMs: number
  readonly type: HistoryItemType
  readonly summary: string
  /** JSON */
  readonly data: string
}
