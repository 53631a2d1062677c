import type { DisconnectReason, TransportInfo } from '@thingdeck/broker'

/** What is remembered of a client id's latest connection. */
export interface ConnectionRecord {
  readonly clientId: string
  /** Grows with each connection of this client id (AWS guide, "Lifecycle events"). */
  readonly versionNumber: number
  readonly cleanSession: boolean
  readonly keepAliveSeconds: number
  readonly sessionExpirySeconds: number
  readonly connectedAtMs: number
  /** The thing that the principal is exclusively attached to, or whose name the client id is. */
  readonly thingName: string | undefined
  /** Undefined while connected. */
  readonly disconnected?: { readonly atMs: number; readonly reason: DisconnectReason }
}

/** The two ends of a connection, in the words of AWS's answers. */
export interface ConnectionSocket {
  readonly sourceIp: string
  readonly sourcePort: number
  readonly targetIp: string
  readonly targetPort: number
}

export function socketOf({ remoteAddress, remotePort, localAddress, localPort }: TransportInfo): ConnectionSocket {
  return { sourceIp: remoteAddress, sourcePort: remotePort, targetIp: localAddress, targetPort: localPort }
}

/** The latest connection of each client id. */
export interface ConnectionHistory {
  /** However long ago it ended. */
  latest(clientId: string): ConnectionRecord | undefined
  /** If it lasts or ended less than half an hour ago. */
  find(clientId: string): ConnectionRecord | undefined
}
