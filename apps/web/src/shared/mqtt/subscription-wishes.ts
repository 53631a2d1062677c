import type { SubscriptionRequest } from './message.ts'

/** Who wants which topic filters of the session as a whole, and what that is together. */
export class SubscriptionWishes {
  readonly #byConsumer = new Map<string, readonly SubscriptionRequest[]>()
  #merged: readonly SubscriptionRequest[] | undefined

  /** Makes `requests` all that `consumer` wants. */
  replace(consumer: string, requests: readonly SubscriptionRequest[]): void {
    if (requests.length > 0) this.#byConsumer.set(consumer, requests)
    else this.#byConsumer.delete(consumer)
    this.#merged = undefined
  }

  get byConsumer(): ReadonlyMap<string, readonly SubscriptionRequest[]> {
    return this.#byConsumer
  }

  /** Each filter once, with the highest QoS that anyone asks for. */
  get requests(): readonly SubscriptionRequest[] {
    this.#merged ??= this.#merge()
    return this.#merged
  }

  get filters(): readonly string[] {
    return this.requests.map(({ filter }) => filter)
  }

  #merge(): readonly SubscriptionRequest[] {
    const merged = new Map<string, SubscriptionRequest>()
    for (const request of [...this.#byConsumer.values()].flat()) {
      if ((merged.get(request.filter)?.qos ?? -1) < request.qos) merged.set(request.filter, request)
    }
    return [...merged.values()]
  }
}
