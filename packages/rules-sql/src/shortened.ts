const SHOWN = 40

/** A text as errors tell it: what is longer than 40 characters is cut. */
export function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
