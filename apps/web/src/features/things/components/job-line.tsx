import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { readJob } from '../job-filter.ts'

interface JobLineProps {
  /** `fw-2` or `fw-2 FAILED` */
  readonly job: string
  readonly onLeave: () => void
}

/** That only things of a job are looked through, which no query says, and what that means. */
export function JobLine({ job, onLeave }: JobLineProps) {
  const read = readJob(job)
  if (!read) return null // said where the things would be
  const { jobId, jobStatus } = read
  return (
    <div>
      <Box variant="span" color="text-body-secondary">
        Of the things of the job{' '}
      </Box>
      <Link href={paths.job(jobId)}>
        <NameText text={jobId} />
      </Link>
      <Box variant="span" color="text-body-secondary">
        {jobStatus !== undefined && `, whose execution is ${jobStatus}`}. The fleet index knows no jobs: they are looked
        up by name, page by page, and not counted.{' '}
      </Box>
      <Button variant="inline-link" onClick={onLeave}>
        Show things of any job
      </Button>
    </div>
  )
}
