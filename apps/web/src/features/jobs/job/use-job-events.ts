import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { eventsQuery } from '../../../shared/events/event-configurations.ts'
import { useNews } from '../../../shared/mqtt/use-news.ts'
import { jobWentOn } from '../run-query.ts'

/** A rollout tells of a thousand devices a minute: what is shown is read anew this often at most. */
const GATHER_MS = 2_000

/** Whether what becomes of jobs is told by messages, or has to be asked for; undefined: not known yet. */
export function useJobEvents(jobId: string): boolean | undefined {
  const client = useQueryClient()
  const { data } = useQuery(eventsQuery)
  useNews(
    [`$aws/events/jobExecution/${jobId}/+`, `$aws/events/job/${jobId}/+`],
    useCallback(() => jobWentOn(client), [client]),
    GATHER_MS,
  )
  return data?.events.some(({ eventType, isEnabled }) => eventType === 'JOB_EXECUTION' && isEnabled)
}
