import './metrics.css'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Tabs from '@cloudscape-design/components/tabs'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Alarm } from '@thingdeck/contract'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { alarmsQuery, METRICS } from '../../shared/metrics/metric-queries.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { AlarmList } from './alarm-list.tsx'
import { SUBJECT_TITLES, SUBJECTS } from './catalog.ts'
import { comparedMs, DEFAULT_COMPARISON, type MetricsSearch } from './search.ts'
import { SubjectCharts } from './subject-charts.tsx'
import { TimeBar } from './time-bar.tsx'
import { useShownRange } from './use-shown-range.ts'

const NO_ALARMS: readonly Alarm[] = []

/** What CloudWatch counts of AWS IoT, as charts by subject. */
export function MetricsPage({ search, setSearch }: SearchProps<MetricsSearch>) {
  usePageChrome({ title: 'Metrics', breadcrumbs: [{ text: 'Metrics', href: paths.metrics() }] })
  const client = useQueryClient()
  const { subject = SUBJECTS[0], compare = DEFAULT_COMPARISON } = search
  const alarms = useQuery(alarmsQuery)
  const known = alarms.data?.alarms ?? NO_ALARMS
  const compared = comparedMs(compare)
  const range = useShownRange(search, Math.max(0, ...compared))
  const onZoom = (fromMs: number, toMs: number) =>
    setSearch({ last: undefined, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() })
  const inAlarm = known.filter(({ state }) => state === 'ALARM').length
  return (
    <SpaceBetween size="m">
      <PageHeader description="What AWS IoT counts in CloudWatch, namespace AWS/IoT, by the minute. A metric exists only after its first data point.">
        Metrics
      </PageHeader>
      {inAlarm > 0 && subject !== 'alarms' && (
        <StatusIndicator type="error">
          {inAlarm === 1 ? 'One alarm is' : `${inAlarm} alarms are`} in ALARM:{' '}
          <Link href={paths.metrics({ subject: 'alarms' })}>{inAlarm === 1 ? 'see it' : 'see them'}</Link>
        </StatusIndicator>
      )}
      <Tabs
        activeTabId={subject}
        onChange={({ detail }) => {
          const chosen = [...SUBJECTS, 'alarms' as const].find((id) => id === detail.activeTabId)
          setSearch({ subject: chosen === SUBJECTS[0] ? undefined : chosen })
        }}
        ariaLabel="Subject"
        tabs={[
          ...SUBJECTS.map((id) => ({
            id,
            label: SUBJECT_TITLES[id],
            content: (
              <SpaceBetween size="s">
                <TimeBar
                  search={search}
                  setSearch={setSearch}
                  range={range}
                  onRefresh={() => void client.invalidateQueries({ queryKey: METRICS })}
                />
                <SubjectCharts subject={id} range={range} compared={compared} alarms={known} onZoom={onZoom} />
              </SpaceBetween>
            ),
          })),
          {
            id: 'alarms',
            label: inAlarm > 0 ? `Alarms (${inAlarm} in ALARM)` : 'Alarms',
            content: <AlarmList query={alarms} />,
          },
        ]}
      />
    </SpaceBetween>
  )
}
