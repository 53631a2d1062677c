import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { eventsQuery } from '../../../shared/events/event-configurations.ts'
import { useMqtt } from '../../../shared/mqtt/mqtt-context.ts'
import { jobWentOn } from '../run-query.ts'

/** A rollout tells of a thousand devices a minute: what is shown is read anew this often at most. */
const GATHER_MS = 2_000

/** Whether what becomes of jobs is told by messages, or has to be asked for; undefined: not known yet. */
export function useJobEvents(jobId: string): boolean | undefined {
  const mqtt = useMqtt()
  const client = useQueryClient()
  const { data } = useQuery(eventsQuery)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void jobWentOn(client)
      }, GATHER_MS)
    }
    const stop = mqtt.tap(
      [
        { filter: `$aws/events/jobExecution/${jobId}/+`, qos: 0 },
        { filter: `$aws/events/job/${jobId}/+`, qos: 0 },
      ],
      { onMessage: refresh, onGap: refresh },
    )
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [mqtt, client, jobId])
  return data?.events.some(({ eventType, isEnabled }) => eventType === 'JOB_EXECUTION' && isEnabled)
}
