/**
 * Attacks the embedded server: kill -9 amid writes and work, full disks, hostile packets and requests, silent and greedy clients.
 *
 * Each attack takes its turn for as long as it is told, on servers that are processes of their own. All that was
 * acknowledged has to be there afterwards; whatever came, the server goes on, says nothing of a fault of its own, and
 * others do not notice. What does not hold is printed with what finds it again, and fails the run.
 *
 * `npm run bench hostile -- --minutes 60 --seed 7`; `--attacks kill,frames`; `--rounds 1` for one round of each.
 */
import { parseArgs } from 'node:util'
import { ATTACKS } from './hostile/attacks.ts'
import { run } from './hostile/run.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    rounds: { type: 'string', default: 'Infinity' },
    attacks: { type: 'string', default: Object.keys(ATTACKS).join(',') },
  },
})

const [minutes, seed, rounds] = [Number(values.minutes), Number(values.seed), Number(values.rounds)]
const names = values.attacks.split(',')
const unknown = names.filter((name) => !Object.hasOwn(ATTACKS, name))
if (unknown.length > 0 || !(minutes > 0) || !Number.isInteger(seed) || !(rounds > 0)) {
  console.error(
    `--minutes and --rounds are above 0, --seed is a whole number, --attacks are of ${Object.keys(ATTACKS)}.`,
  )
  process.exit(2)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1)) // ends its servers

console.log(`Seed ${seed}.`)
const found = await run({
  attacks: Object.fromEntries(Object.entries(ATTACKS).filter(([name]) => names.includes(name))),
  seed,
  rounds,
  untilMs: performance.now() + minutes * 60_000,
  print: console.log,
})
for (const { attack, seed: roundSeed, error } of found) {
  console.error(`\nnpm run bench hostile -- --attacks ${attack} --rounds 1 --seed ${roundSeed}`)
  console.error(error)
}
console.log(found.length === 0 ? 'Nothing was found.' : `${found.length} findings.`)
process.exit(found.length === 0 ? 0 : 1)
