/** Lines `from` up to, without, `to` of the first text became these. */
interface Change {
  readonly from: number
  readonly to: number
  readonly lines: readonly string[]
}

/**
 * What two people made of the same text, together; undefined where both changed the same lines, or lines next to each
 * other, differently: what is meant then only they know.
 */
export function mergeLines(base: string, mine: string, theirs: string): string | undefined {
  const lines = base.split('\n')
  const [ours, others] = [changesBetween(lines, mine.split('\n')), changesBetween(lines, theirs.split('\n'))]
  const onlyOthers = others.filter((change) => !ours.some((each) => isSame(each, change)))
  if (onlyOthers.some((change) => ours.some((each) => touches(each, change)))) return undefined
  const merged = [...lines]
  for (const { from, to, lines: put } of [...ours, ...onlyOthers].sort((one, other) => other.from - one.from)) {
    merged.splice(from, to - from, ...put)
  }
  return merged.join('\n')
}

const touches = (one: Change, other: Change) => one.from <= other.to && other.from <= one.to

const isSame = (one: Change, other: Change) =>
  one.from === other.from && one.to === other.to && one.lines.join('\n') === other.lines.join('\n')

/**
 * The fewest lines that make one text of the other. The texts are short: all pairs of lines are looked at.
 */
function changesBetween(before: readonly string[], after: readonly string[]): readonly Change[] {
  const common = commonLengths(before, after)
  const at = (row: number, column: number) => common[row]?.[column] ?? 0
  const changes: Change[] = []
  let [row, column] = [0, 0]
  while (row < before.length || column < after.length) {
    if (row < before.length && before[row] === after[column]) {
      row += 1
      column += 1
      continue
    }
    const [from, start] = [row, column]
    while ((row < before.length || column < after.length) && (row >= before.length || before[row] !== after[column])) {
      if (column >= after.length || (row < before.length && at(row + 1, column) >= at(row, column + 1))) row += 1
      else column += 1
    }
    changes.push({ from, to: row, lines: after.slice(start, column) })
  }
  return changes
}

/** How many lines both have in common, in order, from each pair of places on. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0))
  for (let row = before.length - 1; row >= 0; row -= 1) {
    const [here = [], below = []] = [lengths[row], lengths[row + 1]]
    for (let column = after.length - 1; column >= 0; column -= 1) {
      here[column] =
        before[row] === after[column]
          ? (below[column + 1] ?? 0) + 1
          : Math.max(below[column] ?? 0, here[column + 1] ?? 0)
    }
  }
  return lengths
}
