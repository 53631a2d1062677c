import type { JsonCursor } from './cursor.ts'

/** Something that could be written. */
export interface JsonChoice<Kind extends string = string> {
  readonly kind: Kind
  /** What is shown, and compared with what is typed. */
  readonly label: string
  /** One sentence. */
  readonly words: string
  /** JSON to be put in, where it is not the label in quotes; only where no quote is written yet. */
  readonly json?: string
}

export interface JsonCompletion<Kind extends string = string> extends JsonChoice<Kind> {
  /** What is put into the text, quotes included where they are missing. */
  readonly insert: string
}

/** What could be written at a place; it takes the place of the text from `from` up to `to`. */
export interface JsonCompletions<Kind extends string = string> {
  readonly from: number
  readonly to: number
  readonly options: readonly JsonCompletion<Kind>[]
}

/** Choices with the quotes that are missing, and behind a key the colon. Undefined: there are none. */
export function completionsAt<Kind extends string>(
  text: string,
  offset: number,
  { stringFrom, what }: Pick<JsonCursor, 'stringFrom' | 'what'>,
  choices: readonly JsonChoice<Kind>[],
): JsonCompletions<Kind> | undefined {
  const closing = stringFrom === undefined ? undefined : /^[^"\s,\\]*"/.exec(text.slice(offset))?.[0]
  const to = offset + (closing?.length ?? 0)
  const colon = what === 'key' && !/^\s*:/.test(text.slice(to)) ? ': ' : ''
  const open = stringFrom === undefined ? '"' : ''
  const options = choices
    .filter(({ json }) => json === undefined || stringFrom === undefined)
    .map((choice) => ({ ...choice, insert: choice.json ?? `${open}${choice.label}"${colon}` }))
  return options.length === 0 ? undefined : { from: stringFrom ?? offset, to, options }
}
