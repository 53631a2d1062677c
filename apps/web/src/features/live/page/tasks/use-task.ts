import { useEffect, useMemo, useState } from 'react'
import type { JobKind, JobView } from '../../protocol/task.ts'
import { useLiveClient } from '../client.ts'
import { Feed } from '../feed/feed.ts'
import { useFeedView } from '../feed/use-feed.ts'

const PACE_MS = 250

export const isUnderWay = (job: JobView | undefined): boolean =>
  job !== undefined && (job.state === 'running' || job.state === 'paused')

/** How far a job of the worker is; undefined until that is known. */
export function useJob(id: string): JobView | undefined {
  const client = useLiveClient()
  const feed = useMemo(
    () =>
      new Feed<{ job: string }, JobView>(
        (request) => client.call('live.job', request),
        { job: id },
        () => new Promise((resolve) => setTimeout(resolve, PACE_MS)),
      ),
    [client, id],
  )
  return useFeedView(feed)
}

/** The id of a job of this kind that is under way: begun before, perhaps on another page. */
export function useRunningJob(kind: JobKind): readonly [string | undefined, (id: string | undefined) => void] {
  const client = useLiveClient()
  const [id, setId] = useState<string>()
  useEffect(() => {
    let isCurrent = true
    client
      .call('live.jobs', undefined)
      .then((jobs) => {
        const found = jobs.findLast((job) => job.kind === kind && isUnderWay(job))
        if (isCurrent && found) setId((present) => present ?? found.id)
      })
      .catch(() => {}) // the worker was closed: the person signed out
    return () => {
      isCurrent = false
    }
  }, [client, kind])
  return [id, setId]
}
