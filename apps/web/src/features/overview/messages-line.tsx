import Link from '@cloudscape-design/components/link'
import { CLOUDWATCH_RIGHTS } from '../../shared/metrics/cloudwatch-notice.tsx'
import { totalOf } from '../../shared/metrics/series-values.ts'
import { paths } from '../../shared/paths.ts'
import { failedLine, readingLine, unknownLine } from './failed-line.tsx'
import type { OverviewLine } from './line.ts'
import type { LastHour } from './use-last-hour.ts'
import { Count, Parts } from './words.tsx'

const HEAD = { id: 'messages', title: 'Messages' } as const
/** Rates are of so many minutes that are over. */
const RATE_MINUTES = 5

/** How much goes in and out. */
export function messagesLine(hour: LastHour): OverviewLine {
  const { outcome, message, error, refetch } = hour
  if (error) return failedLine(HEAD, error, refetch)
  if (outcome === undefined) return readingLine(HEAD)
  if (outcome !== 'read') {
    const why =
      outcome === 'not-allowed'
        ? `The console may not read CloudWatch: ${CLOUDWATCH_RIGHTS}.`
        : 'What stands at this AWS endpoint serves no CloudWatch.'
    return unknownLine(HEAD, 'Rates are not known', message, why)
  }
  const [published, delivered] = [hour.values('published'), hour.values('delivered')]
  const [taken, given] = [totalOf(published), totalOf(delivered)]
  const picture = { what: 'Messages published', values: published }
  if (taken === undefined && given === undefined) {
    return {
      ...HEAD,
      urgency: 'fine',
      words: <Link href={paths.metrics({ subject: 'publishes', last: '1w' })}>None in the last hour</Link>,
      picture,
    }
  }
  return {
    ...HEAD,
    urgency: 'fine',
    words: (
      <Parts
        parts={[
          <Link key="in" href={paths.metrics({ subject: 'publishes' })}>
            <span className="td-overview-count">{rateWords(published, hour.settled)}</span> in
          </Link>,
          <Link key="out" href={paths.metrics({ subject: 'deliveries' })}>
            <span className="td-overview-count">{rateWords(delivered, hour.settled)}</span> out
          </Link>,
          <span key="hour" className="td-weak">
            in the last hour{' '}
            <Count number={taken ?? 0} href={paths.metrics({ subject: 'publishes', last: '1h' })}>
              in
            </Count>
            ,{' '}
            <Count number={given ?? 0} href={paths.metrics({ subject: 'deliveries', last: '1h' })}>
              out
            </Count>
          </span>,
        ]}
      />
    ),
    picture,
  }
}

const RATE = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/**
 * `142/s`; `3/min` where it is less than one a second. Messages that began a moment ago have their rate since then: the
 * minutes before say nothing of it, nor does the one in which they began, which is not whole.
 * @param settled so many values are of minutes that are over and counted whole
 */
export function rateWords(values: readonly (number | null)[], settled: number): string {
  const first = values.findIndex((value) => (value ?? 0) > 0)
  const begin = Math.max(first + 1, settled - RATE_MINUTES)
  // Of messages so young no minute is sure to be counted whole: those that are over will do, else the one that runs.
  const recent = [values.slice(begin, settled), values.slice(begin, -1), values.slice(Math.max(0, first))].find(
    ({ length }) => length > 0,
  )
  const perMinute = (totalOf(recent ?? []) ?? 0) / Math.max(1, recent?.length ?? 0)
  return perMinute >= 60 ? `${RATE.format(perMinute / 60)}/s` : `${RATE.format(perMinute)}/min`
}
