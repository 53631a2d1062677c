import { formatCount } from '../format.ts'

/** `pump-1, pump-2 and 5 more`, of which at most so many are named. */
export function fewOf(names: readonly string[], most: number): string {
  const more = names.length - most
  return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`
}
