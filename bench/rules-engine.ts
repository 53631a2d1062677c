/**
 * The rules engine: what 1,000 rules cost a message that is for none of them, what a dead destination costs, and what a
 * hundred rules leave of the broker's throughput.
 *
 * Messages are told to the engine as the broker tells them, in the process of an embedded server, so that the engine
 * alone is measured: the same messages beside as many without any rule, in turns, medians of CPU time. The destination
 * is a queue whose server takes connections and never answers, at 5,000 messages a second. The throughput is that of
 * whole embedded servers over mutual TLS, without rules, with a hundred of which one is for every message, and with an
 * action of that one that publishes each message once more, by the load of `bench broker`.
 * `npm run bench rules-engine -- --rules 1000 --seconds 15 --throughput-rounds 9`
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    rules: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '15' },
    'throughput-rounds': { type: 'string', default: '9' },
  },
})
const { 'throughput-rounds': rounds, ...engine } = values

const run = (file: string, args: readonly string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...args], { stdio: 'inherit' }).status ??
  1

const alone = Object.entries(engine).flatMap(([name, value]) => [`--${name}`, value])
const load = [
  '--transports',
  'mtls',
  '--patterns',
  'pairs',
  '--windows',
  '1000',
  '--round-ms',
  '1000',
  '--hostile-rounds',
  '0',
]
process.exitCode =
  run('rules-engine/engine.ts', alone) ||
  run('broker.ts', ['--peers', 'local,ruled,republishing', '--rounds', rounds, ...load])
