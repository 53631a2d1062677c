/** What goes wrong among things that must all be tried, whatever one of them throws. */
export class Faults {
  readonly #errors: unknown[] = []

  attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#errors.push(error)
    }
  }

  async attemptAsync(work: () => void | Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#errors.push(error)
    }
  }

  /** @throws what was thrown; where that was several times, an {@link AggregateError} of all, in their order */
  throwAny(message: string): void {
    if (this.#errors.length > 1) throw new AggregateError(this.#errors, message)
    if (this.#errors.length === 1) throw this.#errors[0]
  }
}
