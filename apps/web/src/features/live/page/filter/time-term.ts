/** A `last:…` term on its own, not inside quotes or a pattern. */
const LAST = /(^|\s)last:(\d+[smhd])(?=\s|$)/

/** `pump last:5m` → `5m`: how far back the filter looks; undefined when it does not say. */
export function lastOf(filterText: string): string | undefined {
  return LAST.exec(filterText)?.[2]
}

/** The same filter, looking so far back; undefined: as far as there is anything. */
export function withLast(filterText: string, last: string | undefined): string {
  const without = filterText.replace(LAST, '').trim()
  if (last === undefined) return without
  if (without === '') return `last:${last}`
  // SQL goes up to the end of the filter, so whatever else there is stands before it.
  return /(^|\s)(sql\s|SELECT\s|WHERE\s)/i.test(without) ? `last:${last} ${without}` : `${without} last:${last}`
}
