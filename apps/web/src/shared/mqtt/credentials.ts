import type { MqttSession } from '@thingdeck/contract'

/** What a connection is signed with, and until when (epoch ms, by the server's clock). */
export interface MqttCredentials {
  readonly info: MqttSession
  readonly expiresAtMs: number
}

/** `final`: nobody is signed in, so asking again cannot help. */
export class CredentialsRefused extends Error {
  override readonly name = 'CredentialsRefused'
  readonly code: string
  readonly final: boolean

  constructor(code: string, message: string, final: boolean) {
    super(message)
    this.code = code
    this.final = final
  }
}

/** Which connection asks: the end of its client id, so that it can be ended with the person's session. */
export interface AskingConnection {
  readonly tab: string
  /** Of the connection that it has; 0 before the first. */
  readonly generation: number
}

export type FetchCredentials = (signal: AbortSignal, asking: AskingConnection) => Promise<MqttCredentials>

/** How long credentials are used before new ones are fetched: until a fifth of their life is left, or five minutes. */
export function renewAtMs(fetchedAtMs: number, expiresAtMs: number): number {
  const lifeMs = expiresAtMs - fetchedAtMs
  return expiresAtMs - Math.min(5 * 60_000, lifeMs / 5)
}
