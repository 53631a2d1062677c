import { channel } from 'node:diagnostics_channel'

/** One attempt of a call to AWS, when it has ended. */
export interface CallAttempt {
  /** `IoT`, as the SDK calls it. */
  readonly api: string
  readonly operation: string
  /** `refused`: AWS answered with an error of the caller's; `failed`: with one of its own, or not at all. */
  readonly outcome: 'answered' | 'throttled' | 'refused' | 'failed'
}

const CHANNEL = channel('thingdeck:aws-call')

/** Costs next to nothing where nobody listens. */
export function tellAttempt(attempt: CallAttempt): void {
  CHANNEL.publish(attempt)
}

/** @returns what ends the listening */
export function onAttempt(listener: (attempt: CallAttempt) => void): () => void {
  const heard = (message: unknown) => listener(message as CallAttempt) // nobody else publishes there
  CHANNEL.subscribe(heard)
  return () => void CHANNEL.unsubscribe(heard)
}
