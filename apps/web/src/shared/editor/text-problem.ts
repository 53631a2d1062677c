/** Something about a text that its writer should know; `from` and `to` as editors count. Errors forbid sending. */
export interface TextProblem {
  readonly severity: 'error' | 'info'
  readonly message: string
  readonly from: number
  readonly to: number
}

/** All that is wrong with a text. */
export type TextCheck = (text: string) => readonly TextProblem[]
