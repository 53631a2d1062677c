import { expect, test } from 'vitest'
import { ATTACKS } from './attacks.ts'
import { run } from './run.ts'

const SEED = Number(process.env.HOSTILE_SEED ?? Date.now() % 1_000_000)

/** A short form of `npm run bench hostile`, which can go on for an hour. Of the console there are tests of its own. */
const ROUNDS = Object.entries({
  kill: 3,
  'kill-work': 1,
  'full-disk': 2,
  frames: 1,
  greedy: 1,
  requests: 1,
  'kill-console': 0,
  console: 0,
})

test('every attack has its rounds here', () => {
  expect(ROUNDS.map(([name]) => name).toSorted()).toEqual(Object.keys(ATTACKS).toSorted())
})

const short = ROUNDS.filter(([, rounds]) => rounds > 0)
test.each(short)(`%s (HOSTILE_SEED=${SEED})`, { timeout: 300_000 }, async (name, rounds) => {
  const make = ATTACKS[name]
  if (!make) throw new Error(`There is no attack ${name}`)
  const told: string[] = []
  const found = await run({
    attacks: { [name]: make },
    seed: SEED,
    rounds,
    untilMs: Number.POSITIVE_INFINITY,
    print: (line) => told.push(line),
  })
  expect(found).toEqual([])
  expect(told).toEqual([expect.stringContaining(name)])
})
