import { spawnSync } from 'node:child_process'

const NAMES = [process.env.THINGDECK_REDIS_SERVER, 'redis-server', 'valkey-server']

function find(): string | undefined {
  return NAMES.find((name) => name && spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0)
}

const tries: [command: string, args: string[]][] = [
  ['apt-get', ['update', '-qq']],
  ['apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server']],
]

/**
 * The program of a Redis or Valkey server for tests: `THINGDECK_REDIS_SERVER`, one that the machine has, or Debian's
 * package where it can be installed.
 * @throws {Error} a sentence that says what to do, when none can be had
 */
export function ensureRedis(): string {
  for (const [command, args] of tries) {
    const found = find()
    if (found) return found
    console.error(`Looking for a Redis: ${command} ${args.join(' ')}`)
    // Debian's index is a file download: without a limit a machine without network would hang here.
    spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout: 300_000 })
  }
  const found = find()
  if (found) return found
  throw new Error(
    'No Redis or Valkey was found or could be installed for the tests. Install one and name it: THINGDECK_REDIS_SERVER=/path/to/redis-server npm test',
  )
}

/** Before the tests, once: those that need a Redis run side by side, and packages are installed by one at a time. */
export default function setup(): void {
  try {
    ensureRedis()
  } catch (error) {
    console.error((error as Error).message) // and each test that needs it fails with the same words
  }
}
