import { readFileSync } from 'node:fs'

/** Code as a document shows it. */
export interface Snippet {
  readonly language: string
  /** The file that the document says it is: ` ```ts file=NAME `; undefined where it says none. */
  readonly file: string | undefined
  readonly code: string
}

/** All code of a document in Markdown that stands between fences. */
export function snippetsOf(document: string): readonly Snippet[] {
  return Array.from(
    readFileSync(document, 'utf8').matchAll(/^```(\w+)(?: file=(\S+))?\n([\s\S]*?)^```$/gm),
    ([, language = '', file, code = '']) => ({ language, file, code }),
  )
}
