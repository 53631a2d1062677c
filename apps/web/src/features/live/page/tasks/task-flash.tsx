import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback, useEffect, useRef } from 'react'
import { useFlash } from '../../../../shared/flash/flash.tsx'
import { formatCount } from '../../../../shared/format.ts'
import type { JobView } from '../../protocol/task.ts'
import { useLiveClient } from '../client.ts'
import { isUnderWay, useJob } from './use-task.ts'

/** Says above every page how far a job is, with buttons to pause and stop it, and at last how it went. */
export function useJobFlash(): (id: string, what: string) => void {
  const { flash } = useFlash()
  return useCallback(
    (id, what) =>
      flash({
        id,
        type: 'in-progress',
        header: what,
        content: <JobProgress id={id} onEnd={(job) => flash(ending(job, what))} />,
        action: <JobButtons id={id} />,
      }),
    [flash],
  )
}

function ending(job: JobView, what: string) {
  const isWhole = job.state !== 'failed' && (job.publish?.refused ?? 0) === 0
  return {
    id: job.id,
    type: job.state === 'failed' ? 'error' : isWhole ? 'success' : 'warning',
    header: `${what}: ${job.state}`,
    content: progressWords(job),
  } as const
}

interface JobProgressProps {
  readonly id: string
  /** The job is over: told once. */
  readonly onEnd?: (job: JobView) => void
}

export function JobProgress({ id, onEnd }: JobProgressProps) {
  const job = useJob(id)
  const tell = useRef(onEnd)
  useEffect(() => {
    if (job === undefined || isUnderWay(job)) return
    tell.current?.(job)
    tell.current = undefined
  }, [job])
  return job ? progressWords(job) : 'Starting …'
}

/** `120 of 500 messages, 2 refused, 5/s` */
export function progressWords(job: JobView): string {
  const { publish, done, total, note } = job
  const parts = [
    `${formatCount(done)}${total === undefined ? '' : ` of ${formatCount(total)}`} ${(total ?? done) === 1 ? 'message' : 'messages'}`,
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
        <Button formAction="none" onClick={() => control(job.state === 'paused' ? 'resume' : 'pause')}>
          {job.state === 'paused' ? 'Resume' : 'Pause'}
        </Button>
      )}
      <Button formAction="none" onClick={() => control('stop')}>
        Stop
      </Button>
    </SpaceBetween>
  )
}
