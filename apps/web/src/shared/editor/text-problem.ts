import type { TextEdit } from '@thingdeck/json'

/** Something about a text that its writer should know; `from` and `to` as editors count. Errors forbid sending. */
export interface TextProblem {
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly from: number
  readonly to: number
  /** What would mend it, each one click away. */
  readonly fixes?: readonly TextFix[]
}

/** One way to mend a problem; the edits are of the text that was checked. */
export interface TextFix {
  /** What the button says. */
  readonly words: string
  readonly edits: readonly TextEdit[]
}

/** All that is wrong with a text. */
export type TextCheck = (text: string) => readonly TextProblem[]
