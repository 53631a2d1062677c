/** A file that cannot be read as a recording. The message is for a person. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError'
  readonly code = 'NOT_A_RECORDING'
}
