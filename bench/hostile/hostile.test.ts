import { expect, test } from 'vitest'
import { ATTACKS } from './attacks.ts'
import { run } from './run.ts'

const SEED = Number(process.env.HOSTILE_SEED ?? Date.now() % 1_000_000)

/** A short form of `npm run bench hostile`, which can go on for an hour. */
const ROUNDS: Readonly<Record<string, number>> = { kill: 3, 'full-disk': 2, frames: 1, greedy: 1, requests: 1 }

test.each(Object.entries(ATTACKS))(`%s (HOSTILE_SEED=${SEED})`, { timeout: 180_000 }, async (name, make) => {
  const told: string[] = []
  const found = await run({
    attacks: { [name]: make },
    seed: SEED,
    rounds: ROUNDS[name] ?? 1,
    untilMs: Number.POSITIVE_INFINITY,
    print: (line) => told.push(line),
  })
  expect(found).toEqual([])
  expect(told).toEqual([expect.stringContaining(name)])
})
