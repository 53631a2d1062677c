import { createContext, use } from 'react'
import type { MqttProcedures } from '../../../shared/mqtt/protocol.ts'
import type { Caller, Notices } from '../../../shared/rpc/rpc.ts'
import type { LiveProcedures } from '../protocol/procedures.ts'

/** Streams spread over connections, so how they do is asked for here too. */
type Procedures = LiveProcedures & Pick<MqttProcedures, 'mqtt.setSpread' | 'mqtt.acceptSpread'>

/** The page's side of the streams in the worker. */
export type LiveClient = Pick<Caller<Procedures, Notices>, 'call'>

const LiveContext = createContext<LiveClient | undefined>(undefined)
export const LiveProvider = LiveContext

export function useLiveClient(): LiveClient {
  const client = use(LiveContext)
  if (!client) throw new Error('useLiveClient needs a LiveProvider')
  return client
}
