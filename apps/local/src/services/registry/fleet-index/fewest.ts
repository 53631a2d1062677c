import { type Candidates, narrowest, rankOfWay } from './candidates.ts'

/** So many names are read to tell where there are fewer candidates, and so many where all have more than these. */
const ESTIMATED = 500
const ESTIMATED_NEXT = 4000
/** What is counted where there are more. */
const TOO_MANY = 1e9

const EVERYTHING: readonly Candidates[] = [{ by: 'all' }]

/** How many candidates there are, up to a number; infinite where that would cost a search. */
export type Estimate = (candidates: Candidates, most: number) => number

/** The place of the way with the fewest things; of several that have too many to tell, the one that is said to be narrower. */
export function fewestOf(ways: readonly (readonly Candidates[])[], estimate: Estimate): number {
  let counts = estimates(ways, estimate, ESTIMATED)
  if (Math.min(...counts) === TOO_MANY) {
    // Most of the registry is not counted once more.
    const some = ways.map((parts, place) => (counts[place] === TOO_MANY && rankOfWay(parts) >= 1 ? parts : EVERYTHING))
    if (some.filter((parts) => parts !== EVERYTHING).length > 1) counts = estimates(some, estimate, ESTIMATED_NEXT)
  }
  const least = Math.min(...counts)
  return narrowest(ways.map((parts, place) => (counts[place] === least ? parts : EVERYTHING)))
}

/** Of each way, as far as the first that nothing is to be found by. */
function estimates(ways: readonly (readonly Candidates[])[], estimate: Estimate, most: number): number[] {
  const counts: number[] = []
  for (const parts of ways) {
    const count = sumOf(parts, estimate, most)
    counts.push(count)
    if (count === 0) break
  }
  return counts
}

function sumOf(parts: readonly Candidates[], estimate: Estimate, most: number): number {
  let sum = 0
  for (const part of parts) {
    const count = estimate(part, most)
    if (count === Number.POSITIVE_INFINITY) return count
    if (count >= most) return TOO_MANY
    sum += count
  }
  return sum
}
