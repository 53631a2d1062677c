import type { MatchOptions } from './matches.ts'

/**
 * Whether every topic that `narrow` matches is matched by `wide` too: `dt/#` covers `dt/+/temp`. So a client that has
 * subscribed to `wide` gets nothing new from `narrow`. Like {@link matches}, it knows no limit on levels.
 */
export function covers(wide: string, narrow: string, options?: MatchOptions): boolean {
  const hashMatchesParent = options?.hashMatchesParent ?? false
  // A topic has at least one level, so that with the standard's # these two are the same.
  const wideLevels = hashMatchesParent && wide === '+/#' ? ['#'] : wide.split('/')
  const narrowLevels = narrow.split('/')
  if (isWildcard(wideLevels[0]) && narrow.startsWith('$')) return false
  for (const [index, level] of wideLevels.entries()) {
    const other = narrowLevels[index]
    if (level === '#') return other !== undefined || (hashMatchesParent && narrowLevels.length === index)
    if (other === undefined || other === '#') return false
    if (level !== '+' && level !== other) return false
  }
  return wideLevels.length === narrowLevels.length
}

/** Whether some topic is matched by both filters: `dt/+/temp` overlaps `dt/p1/#`, neither covers the other. */
export function overlaps(one: string, other: string, options?: MatchOptions): boolean {
  const hashMatchesParent = options?.hashMatchesParent ?? false
  const left = one.split('/')
  const right = other.split('/')
  if ((isWildcard(left[0]) && other.startsWith('$')) || (isWildcard(right[0]) && one.startsWith('$'))) return false
  for (let index = 0; index < left.length || index < right.length; index++) {
    const a = left[index]
    const b = right[index]
    if (a === undefined || b === undefined) return hashMatchesParent && (a === '#' || b === '#')
    if (a === '#' || b === '#') return true
    if (a !== '+' && b !== '+' && a !== b) return false
  }
  return true
}

function isWildcard(level: string | undefined): boolean {
  return level === '+' || level === '#'
}
