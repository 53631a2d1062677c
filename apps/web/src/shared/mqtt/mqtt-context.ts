import { createContext, use, useSyncExternalStore } from 'react'
import type { MqttClient } from './client.ts'
import type { MqttStatus } from './status.ts'

const MqttContext = createContext<MqttClient | undefined>(undefined)
export const MqttProvider = MqttContext

export function useMqtt(): MqttClient {
  const client = use(MqttContext)
  if (!client) throw new Error('useMqtt needs an MqttProvider')
  return client
}

export function useMqttStatus(): MqttStatus {
  const client = useMqtt()
  return useSyncExternalStore(client.onStatus, client.status)
}
