import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback, useEffect } from 'react'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { formatCount } from '../../../shared/format.ts'
import { useLiveClient } from '../client.ts'
import type { JobView } from '../engine/job-protocol.ts'
import { isUnderWay, useJob } from './use-job.ts'

/** Says above every page how far a job is, with buttons to pause and stop it, and at last how it went. */
export function useJobFlash(): (id: string, what: string) => void {
  const { flash } = useFlash()
  return useCallback(
    (id, what) =>
      flash({
        id,
        type: 'in-progress',
        header: what,
        content: <JobProgress id={id} what={what} />,
        action: <JobButtons id={id} />,
      }),
    [flash],
  )
}

function JobProgress({ id, what }: { readonly id: string; readonly what: string }) {
  const job = useJob(id)
  const { flash } = useFlash()
  useEffect(() => {
    if (job === undefined || isUnderWay(job)) return
    flash({
      id,
      type: job.state === 'failed' ? 'error' : (job.publish?.refused ?? 0) > 0 ? 'warning' : 'success',
      header: `${what}: ${job.state === 'done' ? 'done' : job.state}`,
      content: progressWords(job),
    })
  }, [job, flash, id, what])
  return job ? progressWords(job) : 'Starting …'
}

/** `120 of 500 messages, 2 refused, 5/s` */
export function progressWords(job: JobView): string {
  const { publish, done, total, note } = job
  const parts = [
    `${formatCount(done)}${total === undefined ? '' : ` of ${formatCount(total)}`} messages`,
    publish && publish.refused > 0 && `${formatCount(publish.refused)} refused: ${publish.lastRefusal?.reason ?? ''}`,
    publish && isUnderWay(job) && `${formatCount(publish.perSecond)}/s`,
    job.state === 'paused' && 'paused',
  ]
  return [parts.filter(Boolean).join(', '), note].filter(Boolean).join('. ')
}

/** Pause, resume and stop, as far as the job can. */
export function JobButtons({ id }: { readonly id: string }) {
  const client = useLiveClient()
  const job = useJob(id)
  if (job === undefined || !isUnderWay(job)) return null
  const control = (action: 'pause' | 'resume' | 'stop') => void client.call('live.controlJob', { job: id, action })
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {job.publish !== undefined && (
        <Button onClick={() => control(job.state === 'paused' ? 'resume' : 'pause')}>
          {job.state === 'paused' ? 'Resume' : 'Pause'}
        </Button>
      )}
      <Button onClick={() => control('stop')}>Stop</Button>
    </SpaceBetween>
  )
}
