import { useEffect, useMemo, useState } from 'react'
import type { TaskKind, TaskView } from '../../protocol/task.ts'
import { useLiveClient } from '../client.ts'
import { Feed } from '../feed/feed.ts'
import { useFeedView } from '../feed/use-feed.ts'

const PACE_MS = 250

export const isUnderWay = (task: TaskView | undefined): boolean =>
  task !== undefined && (task.state === 'running' || task.state === 'paused')

/** How far a task of the worker is; undefined until that is known. */
export function useTask(id: string): TaskView | undefined {
  const client = useLiveClient()
  const feed = useMemo(
    () =>
      new Feed<{ task: string }, TaskView>(
        (request) => client.call('live.task', request),
        { task: id },
        () => new Promise((resolve) => setTimeout(resolve, PACE_MS)),
      ),
    [client, id],
  )
  return useFeedView(feed)
}

/** The id of a task of this kind that is under way: begun before, perhaps on another page. */
export function useRunningTask(kind: TaskKind): readonly [string | undefined, (id: string | undefined) => void] {
  const client = useLiveClient()
  const [id, setId] = useState<string>()
  useEffect(() => {
    let isCurrent = true
    client
      .call('live.tasks', undefined)
      .then((tasks) => {
        const found = tasks.findLast((task) => task.kind === kind && isUnderWay(task))
        if (isCurrent && found) setId((present) => present ?? found.id)
      })
      .catch(() => {}) // the worker was closed: the person signed out
    return () => {
      isCurrent = false
    }
  }, [client, kind])
  return [id, setId]
}
