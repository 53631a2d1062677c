/**
 * Of services that take some of a batch, and answer 200 all the same: what is refused fails the action.
 * @param reasons of each that was refused, in the service's own words
 */
export function failOfRefused(reasons: readonly string[], count: number, what: string): void {
  if (reasons.length === 0) return
  throw new Error(`${reasons.length} of ${count} ${what} were refused: ${[...new Set(reasons)].join('; ')}`)
}
