/** Why something failed, in words, and what one can do about it. */
export interface ReasonWords {
  readonly why: string
  readonly whatToDo?: string
}
