import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A text of AWS's, and when it is said. */
export interface ErrorText {
  /** Operation and circumstances: `DeletePolicy: it is attached`. */
  readonly when: string
  readonly error: string
  /** Words in capitals stand for what was given; an ellipsis at the end for what is our own. */
  readonly text: string
}

/**
 * The rows of a table of AWS's texts.
 * @param file in `docs/reference`
 */
export function readErrorTexts(file: string): ErrorText[] {
  const path = fileURLToPath(new URL(`../../../../docs/reference/${file}`, import.meta.url))
  const rows = readFileSync(path, 'utf8').matchAll(/^\| `(\w+)` \| (.+?) \| `(\w+)` \| (.+?) \| .+ \|$/gm)
  return Array.from(rows, ([, operation, when, error = '', text = '']) => ({
    when: `${operation}: ${when}`,
    error,
    text,
  }))
}

/** What a message has to be like: the text with `given` in place of its words in capitals. */
export function patternOf({ text }: ErrorText, given: Readonly<Record<string, string>>): RegExp {
  const whole = text.replace(/\b(?:NAME|ARN|ID)\b/g, (word) => given[word] ?? word)
  return new RegExp(`^${RegExp.escape(whole.replace(/…$/, ''))}${whole.endsWith('…') ? '.+' : ''}$`)
}
