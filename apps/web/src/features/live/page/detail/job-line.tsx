import Link from '@cloudscape-design/components/link'
import { useMemo } from 'react'
import { jobMessageOf } from '../../../../shared/job-topics/job-message.ts'
import { paths } from '../../../../shared/paths.ts'
import { visible } from '../../../../shared/text/visible.tsx'

interface JobLineProps {
  readonly topic: string
  readonly payload: Uint8Array
}

/** What a message of the jobs protocol says, and the ways to its job and thing; nothing for any other. */
export function JobLine({ topic, payload }: JobLineProps) {
  const said = useMemo(() => jobMessageOf(topic, payload), [topic, payload])
  if (!said) return null
  const { words, jobId, thingName } = said
  return (
    <p className="td-detail-job">
      {visible(words)}.{' '}
      {jobId !== undefined && (
        <Link href={paths.job(jobId, { tab: 'executions', ...(thingName !== undefined && { look: thingName }) })}>
          Show the job
        </Link>
      )}{' '}
      {thingName !== undefined && (
        <Link href={paths.thing(thingName, { tab: 'jobs' })}>Jobs of {visible(thingName)}</Link>
      )}
    </p>
  )
}
