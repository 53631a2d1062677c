import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useMqtt } from '../mqtt/mqtt-context.ts'
import { executionsChanged } from './execution-queries.ts'

/** A command to a thousand devices tells of a thousand a second: what is shown is read anew this often at most. */
const GATHER_MS = 300

/**
 * Reads executions anew whenever AWS IoT tells that one went on: of a command, or of any. These events are always on.
 * @see AWS IoT developer guide, "Command events"
 */
export function useCommandEvents(commandId = '+'): void {
  const mqtt = useMqtt()
  const client = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void executionsChanged(client)
      }, GATHER_MS)
    }
    const stop = mqtt.tap([{ filter: `$aws/events/commandExecution/${commandId}/+`, qos: 0 }], {
      onMessage: refresh,
      onGap: refresh,
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [mqtt, client, commandId])
}
