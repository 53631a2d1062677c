import type { Attack, MakeAttack, Tally } from './attack.ts'
import { Random } from './random.ts'

export interface RunOptions {
  readonly attacks: Readonly<Record<string, MakeAttack>>
  readonly seed: number
  /** Rounds of each attack, which take turns. */
  readonly rounds: number
  /** No round begins after this, by `performance.now()`. */
  readonly untilMs: number
  readonly print: (line: string) => void
}

/** What one attack found, and what finds it again. */
export interface Found {
  readonly attack: string
  readonly seed: number
  readonly error: unknown
}

/**
 * Attacks in turns. A round's choices follow from its own seed, so that it can be repeated alone. An attack that found
 * something begins anew with servers of its own, and the others go on.
 */
export async function run({ attacks, seed, rounds, untilMs, print }: RunOptions): Promise<Found[]> {
  const found: Found[] = []
  const running = new Map<string, Attack>()
  const sums = new Map<string, Map<string, number>>()
  try {
    for (let round = 0; round < rounds && (round === 0 || performance.now() < untilMs); round++) {
      for (const [name, make] of Object.entries(attacks)) {
        if (round > 0 && performance.now() >= untilMs) break
        const attack = running.get(name) ?? make()
        running.set(name, attack)
        const roundSeed = (seed + round) >>> 0
        try {
          add(sums, name, await attack.round(new Random(roundSeed)))
        } catch (error) {
          found.push({ attack: name, seed: roundSeed, error })
          print(`FOUND by ${name}, seed ${roundSeed}: ${error instanceof Error ? error.message : String(error)}`)
          running.delete(name)
          await attack[Symbol.asyncDispose]()
        }
      }
    }
  } finally {
    for (const attack of running.values()) await attack[Symbol.asyncDispose]()
  }
  for (const [name, sum] of sums) {
    print(`${name.padEnd(12)} ${[...sum].map(([what, count]) => `${count} ${what}`).join(', ')}`)
  }
  return found
}

function add(sums: Map<string, Map<string, number>>, name: string, tally: Tally): void {
  const sum = sums.get(name) ?? new Map<string, number>()
  sums.set(name, sum)
  for (const [what, count] of Object.entries(tally)) sum.set(what, (sum.get(what) ?? 0) + count)
}
