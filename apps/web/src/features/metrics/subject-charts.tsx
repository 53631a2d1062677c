import type { Metric } from '@thingdeck/contract'
import { useCallback } from 'react'
import { chartsOf, isListed, type Subject } from './catalog.ts'
import { MetricCharts, type MetricChartsProps } from './metric-charts.tsx'

interface SubjectChartsProps extends Pick<MetricChartsProps, 'range' | 'compared' | 'alarms' | 'onZoom'> {
  readonly subject: Subject
}

/** The charts of one subject. */
export function SubjectCharts({ subject, ...shown }: SubjectChartsProps) {
  return (
    <MetricCharts
      {...shown}
      chartsOf={useCallback((listed: readonly Metric[]) => chartsOf(subject, listed), [subject])}
      needsList={isListed(subject)}
      emptyWords={EMPTY_WORDS[subject]}
      syncKey={subject}
    />
  )
}

const EMPTY_WORDS: Partial<Readonly<Record<Subject, string>>> = {
  rules: 'CloudWatch lists no metric of a rule: no rule was triggered in the last two weeks.',
  jobs: 'CloudWatch lists no metric of a job: no job execution changed its status in the last two weeks.',
  others: 'CloudWatch lists no metric of AWS IoT that the other tabs do not show.',
}
