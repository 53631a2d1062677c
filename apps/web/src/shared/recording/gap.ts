/** Where a stream of messages has a hole. It is a row like a message, but never counted as one. */
export interface Gap {
  readonly fromMs: number
  readonly toMs: number
  readonly reason: string
  /** Left out: the connection was away. */
  readonly cause?: GapCause
}

/**
 * `disconnected`: messages at QoS 0 are missing. `broker-limit`: a connection ran at the broker's limit, so more was
 * probably discarded. `paused`: nothing is missing, the reader looked away. `ring-full`: what was received then has
 * aged out; this one stands before the oldest row and is never kept. `stood-still`: nothing ran here, so that when the
 * messages behind it came is not known; if any are missing, a gap of another cause says so.
 */
export type GapCause = 'disconnected' | 'broker-limit' | 'paused' | 'ring-full' | 'stood-still'
