/** Where the first one is that is not before `fromMs`; the length where all are. @param sorted oldest first */
export function firstFrom(sorted: readonly { readonly atMs: number }[], fromMs: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.atMs ?? 0) < fromMs) low = middle + 1
    else high = middle
  }
  return low
}
