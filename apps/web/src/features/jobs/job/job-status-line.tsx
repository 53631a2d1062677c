import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { isRollingOut, type Job } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'
import { jobStatus } from '../../../shared/jobs/job-status.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { abortStandingInWords, nearestAbort } from '../words/abort.ts'
import { localSchedule } from '../words/schedule.ts'
import { percentOf, sumsOf } from '../words/status.ts'

/** `In progress · 61 % · 612 succeeded · 3 failed (stops at 25) · 383 to go` */
export function JobStatusLine({ job }: { readonly job: Job }) {
  const { status, counts, createdAt, completedAt, comment, reasonCode, forceCanceled, schedulingConfig } = job
  const sums = sumsOf(counts)
  const { words, type } = jobStatus(status)
  const abort = nearestAbort(job)
  const parts = [
    // While it is rolled out, how many there are in all is not counted yet.
    sums.total > 0 && `${percentOf(sums)} %${isRollingOut(job) ? ` of ${formatCount(sums.total)} told so far` : ''}`,
    sums.succeeded > 0 && `${formatCount(sums.succeeded)} succeeded`,
    sums.failed > 0 &&
      `${formatCount(sums.failed)} failed${abort && status === 'IN_PROGRESS' ? ` (${abortStandingInWords(abort)})` : ''}`,
    sums.open > 0 && `${formatCount(sums.open)} to go`,
    status === 'SCHEDULED' && schedulingConfig?.startTime && `begins at ${localSchedule(schedulingConfig.startTime)}`,
  ].filter((part) => typeof part === 'string')
  return (
    <>
      <StatusIndicator type={type}>{words}</StatusIndicator>
      <span className="td-job-count">{parts.map((part) => ` · ${part}`).join('')}</span>
      {createdAt && (
        <>
          {' '}
          · created <Age atMs={Date.parse(createdAt)} />
        </>
      )}
      {completedAt && (
        <>
          {' '}
          · {status === 'CANCELED' ? 'canceled' : 'completed'} <Age atMs={Date.parse(completedAt)} />
        </>
      )}
      {status === 'CANCELED' && (
        <>
          {forceCanceled && ' · by force'}
          {reasonCode && <> · {visible(reasonCode)}</>}
          {comment && <> · {visible(comment)}</>}
        </>
      )}
    </>
  )
}
