import { useMqttStatus } from './mqtt-context.ts'
import type { MqttStatus } from './status.ts'

/**
 * Whether what the broker announces comes to this page: the MQTT session is connected, or is about to be for the first
 * time. While it does not, nobody tells that something has changed since it was asked for.
 */
export const useIsHeard = (): boolean => isHeard(useMqttStatus())

function isHeard({ connection: { state, lastDrop } }: MqttStatus): boolean {
  if (state.kind === 'connected') return true
  if (lastDrop !== undefined) return false
  return (
    state.kind === 'idle' ||
    ((state.kind === 'fetching-credentials' || state.kind === 'connecting') && state.attempt === 0)
  )
}
