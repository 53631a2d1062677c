/** What a program says beside another, which is shown in one piece: held until the other has said all, and passed on then. */
export class HeldOutput {
  readonly #output: NodeJS.WritableStream
  #held: Buffer[] | undefined = []

  constructor(output: NodeJS.WritableStream) {
    this.#output = output
  }

  write(chunk: Buffer): void {
    if (this.#held) this.#held.push(chunk)
    else this.#output.write(chunk)
  }

  /** Shows what was held; what comes from now on is shown when it comes. */
  release(): void {
    for (const chunk of this.#held ?? []) this.#output.write(chunk)
    this.#held = undefined
  }
}
