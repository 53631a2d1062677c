import type { Alarm, CompositeAlarm, MetricAlarm } from './alarm.ts'

/** `DescribeAlarms`, one of `MetricAlarms`. */
export function metricAlarmOf(alarm: MetricAlarm, arn: string) {
  const { definition } = alarm
  const { Metrics, Dimensions = [], ...settings } = definition
  return { ...settings, ...(Metrics ? { Metrics } : { Dimensions }), ...stateOf(alarm, arn) }
}

/** `DescribeAlarms`, one of `CompositeAlarms`. */
export function compositeAlarmOf(alarm: CompositeAlarm, arn: string) {
  return { ...alarm.definition, ...stateOf(alarm, arn) }
}

function stateOf({ definition, state, configuredAtMs, actionsEnabled }: Alarm, arn: string) {
  const { OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = definition
  return {
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: new Date(configuredAtMs),
    ActionsEnabled: actionsEnabled,
    OKActions: [...OKActions],
    AlarmActions: [...AlarmActions],
    InsufficientDataActions: [...InsufficientDataActions],
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData !== undefined && { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: new Date(state.updatedAtMs),
    StateTransitionedTimestamp: new Date(state.transitionedAtMs),
  }
}
