/**
 * Keeps calls below AWS's rates: those of the control plane of AWS IoT begin at ten a second for each operation, some at
 * five (AWS General Reference, "AWS IoT Core endpoints and quotas", "Device Management").
 */
export class Pacer {
  readonly #gapMs: number
  readonly #nextMs = new Map<string, number>()

  /** @param callsPerSecond of one operation */
  constructor(callsPerSecond: number) {
    this.#gapMs = 1_000 / callsPerSecond
  }

  /** Settles when this operation may be called. */
  async turn(operation: string): Promise<void> {
    const nowMs = performance.now()
    const atMs = Math.max(nowMs, this.#nextMs.get(operation) ?? 0)
    this.#nextMs.set(operation, atMs + this.#gapMs)
    if (atMs > nowMs) await new Promise((resolve) => setTimeout(resolve, atMs - nowMs))
  }
}
