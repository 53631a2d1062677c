import './overview.css'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { IotLogEntry, Metric } from '@thingdeck/contract'
import { useMemo } from 'react'
import { Sparkline } from '../../shared/chart/sparkline.tsx'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import type { Parts } from '../../shared/feature/parts.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { alarmsQuery, METRICS, metricListQuery } from '../../shared/metrics/metric-queries.ts'
import { paths } from '../../shared/paths.ts'
import { ruleFailuresQuery } from '../../shared/rule-failures/rule-failures-query.ts'
import { alarmsLine } from './alarms-line.tsx'
import { certificatesQuery, isEmpty, jobsQuery, OVERVIEW, refusalsQuery, rulesQuery, thingsQuery } from './api.ts'
import { certificatesLine } from './certificates-line.tsx'
import { FirstDevice } from './first-device.tsx'
import { jobsLine } from './jobs-line.tsx'
import { byUrgency, type OverviewLine, type Urgency } from './line.ts'
import { messagesLine } from './messages-line.tsx'
import { refusalsLine } from './refusals-line.tsx'
import { isFailureOfRule, rulesLine } from './rules-line.tsx'
import { SampleTour } from './sample-tour.tsx'
import { thingsLine } from './things-line.tsx'
import { useLastHour } from './use-last-hour.ts'

const NO_METRICS: readonly Metric[] = []
const NO_ENTRIES: readonly IotLogEntry[] = []

/** What is on fire and what is normal, one line a subject, worst first. */
export function OverviewPage({ TurnOnFleetIndex }: Pick<Parts, 'TurnOnFleetIndex'>) {
  usePageChrome({ title: 'Overview', breadcrumbs: [{ text: 'Overview', href: paths.overview() }] })
  const client = useQueryClient()
  const things = useQuery(thingsQuery)
  const lines = useLines(TurnOnFleetIndex)
  const refresh = () => {
    void client.invalidateQueries({ queryKey: OVERVIEW })
    void client.invalidateQueries({ queryKey: METRICS })
  }
  return (
    <SpaceBetween size="m">
      <PageHeader
        description="Worst first; each number leads to the list behind it, each picture is the last hour."
        actions={<Button iconName="refresh" ariaLabel="Refresh" onClick={refresh} />}
      >
        Overview
      </PageHeader>
      {isEmpty(things.data) && <FirstDevice />}
      <SampleTour />
      <ul className="td-overview" aria-label="State of the account">
        {lines.map((line) => (
          <Line key={line.id} {...line} />
        ))}
      </ul>
    </SpaceBetween>
  )
}

function useLines(TurnOnFleetIndex: Parts['TurnOnFleetIndex']): readonly OverviewLine[] {
  const things = useQuery(thingsQuery)
  const refusals = useQuery(refusalsQuery)
  const certificates = useQuery(certificatesQuery)
  const alarms = useQuery(alarmsQuery)
  const rules = useQuery(rulesQuery)
  const jobs = useQuery(jobsQuery)
  const ruleFailures = useQuery({ ...ruleFailuresQuery(1), enabled: rules.data?.outcome === 'read' })
  const list = useQuery({ ...metricListQuery('AWS/IoT'), enabled: rules.data?.outcome === 'read' })
  const listed = list.data?.metrics ?? NO_METRICS
  const failures = useMemo(() => listed.filter(isFailureOfRule), [listed])
  const hour = useLastHour(failures)
  const lines = [
    alarmsLine(alarms),
    refusalsLine(refusals, hour),
    thingsLine(things, hour, <TurnOnFleetIndex />),
    rulesLine(rules, failures, hour, ruleFailures.data?.entries ?? NO_ENTRIES),
    jobsLine(jobs),
    certificatesLine(certificates),
    messagesLine(hour),
  ]
  return lines.filter((line) => line !== undefined).sort(byUrgency)
}

const STATUS: Readonly<Record<Urgency, { type: StatusIndicatorProps.Type; words: string }>> = {
  wrong: { type: 'error', words: 'Wrong' },
  watch: { type: 'warning', words: 'Look' },
  unknown: { type: 'info', words: 'Not known' },
  reading: { type: 'loading', words: 'Reading' },
  fine: { type: 'success', words: 'Fine' },
}

function Line({ title, urgency, words, picture, missing }: OverviewLine) {
  const status = STATUS[urgency]
  return (
    <li className="td-overview-line" data-urgency={urgency}>
      <h2>
        <StatusIndicator type={status.type} iconAriaLabel={status.words}>
          {title}
        </StatusIndicator>
      </h2>
      <div className="td-overview-words">
        <div>{words}</div>
        {missing !== undefined && <div className="td-weak">{missing}</div>}
      </div>
      {picture && <Sparkline what={picture.what} values={picture.values} tone={picture.isAlert ? 'alert' : 'normal'} />}
    </li>
  )
}
