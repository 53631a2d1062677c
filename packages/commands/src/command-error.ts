/** What a command, or a request to run it, cannot be. The message is one sentence. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
