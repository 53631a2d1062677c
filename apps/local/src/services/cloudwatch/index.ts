import type * as sdk from '@aws-sdk/client-cloudwatch'
import type { Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { NeedsOf } from '../../foundation/control-plane-needs.ts'
import { repeat } from '../../foundation/repeat.ts'
import type { MakeService, ServiceContext } from '../../foundation/service.ts'
import { snsActions } from './alarms/alarm-actions.ts'
import { alarmHandlers } from './alarms/alarm-handlers.ts'
import { AlarmTable } from './alarms/alarm-table.ts'
import { Alarms } from './alarms/alarms.ts'
import { AlarmEvaluation } from './alarms/evaluation.ts'
import { CLOUDWATCH } from './cloudwatch-api.ts'
import { getMetricData } from './get-metric-data.ts'
import { getMetricStatistics } from './get-metric-statistics.ts'
import { listMetrics } from './list-metrics.ts'
import { MetricReader } from './metric-reader.ts'
import { MetricStore } from './metric-store.ts'
import { MetricTable } from './metric-table.ts'
import { putMetricData } from './put-metric-data.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** The shortest period of an alarm; every minute ends with one of these, as counters need it. */
const ALARM_TICK_MS = 10_000

/** CloudWatch: metrics, of this server and of whoever puts them here, and alarms on them. */
export const cloudwatchService: MakeService = (context) => {
  const { account, clock, database, log, metrics, storage } = context
  const table = new MetricTable(database)
  const store = new MetricStore(metrics, table, clock, storage.metricBytes)
  const reader = new MetricReader(store, table)
  const alarmTable = new AlarmTable(database)
  const actions = snsActions(account, context.snsEndpoint)
  const evaluation = new AlarmEvaluation(reader, account)
  const alarms = new Alarms({ account, clock, log, table: alarmTable, evaluation, actions })
  const stop = keepGoing(context, store, alarms)
  return {
    name: 'cloudwatch',
    apis: { cloudwatch: CLOUDWATCH },
    handlers: {
      cloudwatch: {
        PutMetricData: (input) => {
          putMetricData(store, input)
          return {}
        },
        ListMetrics: (input) => listMetrics(store, table, account.id, input),
        GetMetricData: (input) => getMetricData(reader, account, input),
        GetMetricStatistics: (input) => getMetricStatistics(reader, input),
        ...alarmHandlers({ account, alarms, table: alarmTable, reader }),
      } satisfies Handlers<typeof sdk, Caller>,
    },
    controlPlaneNeeds: NEEDS,
    reread: () => store.recount(),
    reset: () => store.discard(),
    close: async () => {
      stop()
      store.takeOver()
      await alarms.idle()
      actions.close()
    },
  }
}

/** What is done as time passes, by the server's clock. @returns what ends it */
function keepGoing({ after, clock, log }: ServiceContext, store: MetricStore, alarms: Alarms): () => void {
  const untilNext = (ms: number) => () => ms - (clock() % ms)
  let minute = 0
  const endings = [
    repeat(after, log, 'alarms could not be evaluated', untilNext(ALARM_TICK_MS), () => {
      const now = Math.floor(clock() / MINUTE_MS)
      const isNewMinute = now !== minute
      minute = now
      store.takeOver()
      alarms.evaluate((periodSeconds) => isNewMinute || periodSeconds < 60)
    }),
    repeat(after, log, 'old metrics could not be made coarser', untilNext(HOUR_MS), () => {
      store.age()
      alarms.forgetOldHistory()
    }),
  ]
  return () => {
    for (const end of endings) end()
  }
}

const everything = () => ({ resources: [] })
const named = ({ AlarmName = '' }: { readonly AlarmName?: string | undefined }) => ({
  resources: [`alarm:${AlarmName}`],
})
const allNamed = ({ AlarmNames = [] }: { readonly AlarmNames?: readonly string[] | undefined }) => ({
  resources: AlarmNames.map((name) => `alarm:${name}`),
})
const tagged = ({ ResourceARN = '' }: { readonly ResourceARN?: string | undefined }) => ({ resources: [ResourceARN] })

/** Service Authorization Reference, "Actions defined by Amazon CloudWatch": metrics have no ARN. */
const NEEDS: NeedsOf<typeof sdk> = {
  PutMetricData: everything,
  ListMetrics: everything,
  GetMetricData: everything,
  GetMetricStatistics: everything,
  PutMetricAlarm: named,
  PutCompositeAlarm: named,
  DeleteAlarms: allNamed,
  DescribeAlarms: () => ({ resources: ['alarm:*'] }),
  DescribeAlarmsForMetric: everything,
  DescribeAlarmHistory: ({ AlarmName = '*' }) => ({ resources: [`alarm:${AlarmName}`] }),
  SetAlarmState: named,
  EnableAlarmActions: allNamed,
  DisableAlarmActions: allNamed,
  TagResource: tagged,
  UntagResource: tagged,
  ListTagsForResource: tagged,
}
