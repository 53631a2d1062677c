/** An event that waits for its function, as it outlives the server. */
export interface KeptEvent {
  readonly functionName: string
  readonly payload: Uint8Array
  readonly functionArn: string
  readonly requestId: string
  readonly receivedAtMs: number
  /** So often its function has failed. */
  readonly tries: number
}
