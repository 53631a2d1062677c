import type { X509Certificate } from 'node:crypto'
import type { AnonymousCaller, Caller, OtherAccountCaller } from './caller.ts'

/** Somebody of the account who can speak MQTT or call the data plane. */
export type Principal = Exclude<Caller, AnonymousCaller | OtherAccountCaller>

/** Who is at the other end, as the listener learnt it. */
export interface Peer {
  readonly principal: Principal
  /** The client certificate of the TLS connection. */
  readonly certificate?: X509Certificate | undefined
  /** Absent where a connection is only imagined, to test what it might do. */
  readonly sourceIp?: string | undefined
  readonly sourcePort?: number | undefined
}
