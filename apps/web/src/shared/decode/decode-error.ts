/** Why bytes are not what they were decoded as. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError'
  /** Without where. */
  readonly reason: string
  /** 0-based offset of the byte at fault. */
  readonly offset: number

  constructor(message: string, offset: number) {
    super(`${message} at byte ${offset}`)
    this.reason = message
    this.offset = offset
  }
}
