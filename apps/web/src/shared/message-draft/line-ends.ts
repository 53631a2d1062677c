/**
 * A text field turns every line end into LF (HTML standard, "API value" of a textarea). Whether `text` comes through
 * that: it has LF alone, or CRLF alone, which {@link withLineEndsOf} gives back.
 */
export function canBeEdited(text: string): boolean {
  return !text.includes('\r') || hasCrLfOnly(text)
}

/** What a text field made of `before`, with the line ends that `before` had. */
export function withLineEndsOf(before: string, edited: string): string {
  return before.includes('\r') && hasCrLfOnly(before) ? edited.replaceAll(/\r?\n/g, '\r\n') : edited
}

const hasCrLfOnly = (text: string): boolean => !/\r(?!\n)|(?<!\r)\n/.test(text)
