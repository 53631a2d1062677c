import type { UseQueryResult } from '@tanstack/react-query'
import type { Alarm, AlarmList as AlarmsAnswer } from '@thingdeck/contract'
import { List } from '../../shared/list/list.tsx'
import type { ListColumn } from '../../shared/list/list-column.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import { wholeOf } from '../../shared/list/list-source.ts'
import { CloudWatchNotice } from '../../shared/metrics/cloudwatch-notice.tsx'
import { VisibleText } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { AlarmStatus } from './alarm-mark.tsx'
import { conditionWords, watchedWords } from './alarm-words.ts'

const WORDS: ListWords = {
  title: 'Alarms',
  one: 'alarm',
  many: 'alarms',
  description:
    "Alarms of CloudWatch that watch AWS IoT's metrics or fleet metrics, and composite ones that depend on such. They are made in CloudWatch.",
  empty: {
    title: 'No alarm watches AWS IoT',
    text: 'An alarm tells when a number is not as it should be: create one in CloudWatch (aws cloudwatch put-metric-alarm) on a metric of AWS/IoT or IoTFleetMetrics.',
  },
}

const COLUMNS: readonly ListColumn<Alarm>[] = [
  { id: 'state', header: 'State', width: 160, cell: ({ state }) => <AlarmStatus state={state} /> },
  {
    id: 'name',
    header: 'Alarm',
    isRowHeader: true,
    width: 240,
    cell: ({ alarmName, description }) => (
      <>
        <VisibleText text={alarmName} />
        {description !== undefined && (
          <div className="td-weak">
            <VisibleText text={description} />
          </div>
        )}
      </>
    ),
  },
  {
    id: 'since',
    header: 'Since',
    width: 120,
    cell: ({ stateSince }) => (stateSince === undefined ? '–' : <Age atMs={Date.parse(stateSince)} />),
  },
  { id: 'condition', header: 'Alarm when', width: 260, cell: (alarm) => <VisibleText text={conditionWords(alarm)} /> },
  { id: 'watches', header: 'Watches', width: 260, cell: (alarm) => <VisibleText text={watchedWords(alarm)} /> },
  {
    id: 'reason',
    header: 'Reason',
    minWidth: 220,
    cell: ({ stateReason }) => (stateReason === undefined ? '–' : <VisibleText text={stateReason} />),
  },
  {
    id: 'actions',
    header: 'Actions',
    width: 110,
    isHiddenAtFirst: true,
    cell: ({ actionsEnabled }) => (actionsEnabled ? 'Enabled' : 'Disabled'),
  },
]

/** The alarms, those in ALARM first. */
export function AlarmList({ query }: { readonly query: UseQueryResult<AlarmsAnswer> }) {
  const { data } = query
  if (data && data.outcome !== 'read') return <CloudWatchNotice {...data} />
  return (
    <List
      name="alarms"
      variant="container"
      words={
        data?.isAll === false
          ? {
              ...WORDS,
              description: `${WORDS.description} The account has more than 2,000: the rest was not looked at.`,
            }
          : WORDS
      }
      columns={COLUMNS}
      rowId={({ alarmArn }) => alarmArn}
      source={wholeOf(query, data?.alarms ?? [])}
      paging="endless"
    />
  )
}
