import { createContext, use } from 'react'
import type { Caller, Notices } from '../../shared/rpc/rpc.ts'
import type { LiveProcedures } from './engine/protocol.ts'

/** The page's side of the streams in the worker. */
export type LiveClient = Pick<Caller<LiveProcedures, Notices>, 'call'>

const LiveContext = createContext<LiveClient | undefined>(undefined)
export const LiveProvider = LiveContext

export function useLiveClient(): LiveClient {
  const client = use(LiveContext)
  if (!client) throw new Error('useLiveClient needs a LiveProvider')
  return client
}
