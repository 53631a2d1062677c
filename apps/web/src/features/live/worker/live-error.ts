/** A refusal that crosses to the page with its code; the message is for a person. */
export class LiveError extends Error {
  override readonly name = 'LiveError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
