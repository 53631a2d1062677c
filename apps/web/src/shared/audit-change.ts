import type { AuditChange } from '@thingdeck/contract'

/** `$.desired.on` as people write it: without the root. */
export const pathWords = (path: string): string => path.replace(/^\$\.?/, '')

/** `desired.on 1 → 2`; the side that was not there is `–`. */
export function changeWords({ path, beforeText, afterText }: AuditChange, isBeforeUnknown = false): string {
  const before = beforeText === undefined ? (isBeforeUnknown ? '?' : '–') : short(beforeText)
  return `${pathWords(path)} ${before} → ${afterText === undefined ? 'removed' : short(afterText)}`
}

/** `"on": …` is long: of a value its beginning. */
function short(text: string): string {
  return text.length <= 24 ? text : `${text.slice(0, 23)}…`
}
