/** JSON. What differs from account to account and from run to run is taken out before it is compared. */
export type Observed = string | number | boolean | null | readonly Observed[] | { readonly [member: string]: Observed }

/** By a name that says what was looked at. `undefined` is left out. */
export type Observations = Readonly<Record<string, unknown>>

/** How a call was refused. */
export interface Refusal {
  /** AWS's name of the error. */
  readonly error: string
  readonly status: number | undefined
  /** AWS's words, which are compared apart from all else: many are documented nowhere. */
  readonly words: string
}
