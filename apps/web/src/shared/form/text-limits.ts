import { formatCount } from '../format.ts'

/** What a text may be. Lengths of AWS's members are in characters, of documents in bytes of UTF-8. */
export interface TextLimits {
  readonly isRequired?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  readonly maxBytes?: number
  /** Of the whole text. */
  readonly pattern?: RegExp
  /** What the pattern means, going on with 'Only …': 'letters, digits and : _ -'. */
  readonly words?: string
}

/** The part of a JSON Schema of a text that a field understands, as the contract's schemas have it. */
interface TextSchema {
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
}

/** Limits as a schema of the contract states them. A text of at least one character is required. */
export function limitsOf(schema: object, words: string): TextLimits {
  const { minLength, maxLength, pattern }: TextSchema = schema // TypeBox's own type forgets what a text was limited to
  return {
    words,
    ...(minLength !== undefined && { minLength, isRequired: minLength > 0 }),
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern !== undefined && { pattern: new RegExp(pattern, 'u') }),
  }
}

/** As AWS and JSON Schema count: by code points, not by UTF-16 units. */
const charactersIn = (text: string) => [...text].length

const bytesIn = (text: string) => new TextEncoder().encode(text).length

/** What stays wrong whatever is typed behind it: it may be said while somebody types. */
export function brokenAtOnce({ maxLength, maxBytes, pattern, words }: TextLimits, text: string): string | undefined {
  if (maxLength !== undefined && charactersIn(text) > maxLength)
    return tooMany(charactersIn(text), maxLength, 'characters')
  if (maxBytes !== undefined && bytesIn(text) > maxBytes) return tooMany(bytesIn(text), maxBytes, 'bytes')
  if (text === '' || !pattern || pattern.test(text)) return undefined
  // Of a pattern that allows some characters and no others, the others can be named.
  const wrong = new Set([...text].filter((character) => !pattern.test(character)))
  const named = wrong.size > 0 && wrong.size <= 5 ? `, not ${[...wrong].map(nameOf).join(' ')}` : ''
  return `Only ${words ?? `what matches ${pattern.source}`}${named}.`
}

/** What may only be missing yet. */
export function brokenWhenLeft({ isRequired = false, minLength = 0 }: TextLimits, text: string): string | undefined {
  if (text === '') return isRequired ? 'This cannot be empty.' : undefined
  const length = charactersIn(text)
  if (length >= minLength) return undefined
  return `At least ${formatCount(minLength)} characters; this has ${formatCount(length)}.`
}

/** `12 of 128 characters`; of a limit in bytes also why they are more than the characters. */
export function countWords({ maxLength, maxBytes }: TextLimits, text: string): string | undefined {
  if (maxBytes !== undefined) {
    const [bytes, characters] = [bytesIn(text), charactersIn(text)]
    const count = `${formatCount(bytes)} of ${formatCount(maxBytes)} bytes`
    return bytes === characters ? count : `${count} (${formatCount(characters)} characters, some of several bytes)`
  }
  return maxLength === undefined
    ? undefined
    : `${formatCount(charactersIn(text))} of ${formatCount(maxLength)} characters`
}

const tooMany = (count: number, most: number, unit: string) =>
  `At most ${formatCount(most)} ${unit}; this has ${formatCount(count)}, ${formatCount(count - most)} too many.`

const nameOf = (character: string) => (/\s/.test(character) ? 'blanks' : `‘${character}’`)
