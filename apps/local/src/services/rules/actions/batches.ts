interface Batch {
  readonly items: Uint8Array[]
  bytes: number
  readonly done: Promise<void>
  readonly close: () => void
}

/** When a batch is closed: by whichever comes first. */
export interface BatchBounds {
  readonly openMs: number
  readonly size: number
  readonly bytes: number
}

/** The items of a batch as one body. */
export const joinItems = (items: readonly Uint8Array[], separator: string): Uint8Array =>
  Buffer.concat(items.flatMap((item, index) => (index === 0 ? [item] : [Buffer.from(separator), item])))

/** Gathers what is sent together. Order within a batch is that of coming. */
export class Batches {
  readonly #bounds: BatchBounds
  readonly #open = new Map<string, Batch>()

  constructor(bounds: BatchBounds) {
    this.#bounds = bounds
  }

  /**
   * Adds to the batch of that key.
   * @param send sends all of it; of those given to one batch the last is called
   * @returns when the batch was sent. @throws what `send` throws, to all of the batch
   */
  add(key: string, item: Uint8Array, send: (items: readonly Uint8Array[]) => Promise<void>): Promise<void> {
    let batch = this.#open.get(key)
    if (batch && batch.bytes + item.length > this.#bounds.bytes) {
      batch.close()
      batch = undefined
    }
    batch ??= this.#begin(key)
    batch.items.push(item)
    batch.bytes += item.length
    this.#last.set(batch, send)
    if (batch.items.length >= this.#bounds.size || batch.bytes >= this.#bounds.bytes) batch.close()
    return batch.done
  }

  readonly #last = new WeakMap<Batch, (items: readonly Uint8Array[]) => Promise<void>>()

  #begin(key: string): Batch {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const close = () => {
      clearTimeout(timer)
      if (this.#open.get(key) === batch) this.#open.delete(key)
      this.#last.get(batch)?.(batch.items).then(resolve, reject)
    }
    const timer = setTimeout(close, this.#bounds.openMs)
    const batch: Batch = { items: [], bytes: 0, done: promise, close }
    this.#open.set(key, batch)
    return batch
  }
}
