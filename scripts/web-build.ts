import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { oneAtATime } from './one-at-a-time.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'apps/web/dist')
const stamp = join(dist, '.sources')
const lock = join(root, 'node_modules/.thingdeck-web-build')

/** Whatever the shell says that it is for: with React's own checks each effect would run twice. */
const AS_SHIPPED = { NODE_ENV: 'production' } as const

/** Everything that the bundle is made of, by name, size and time of change: cheap enough for every start. */
function sources(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  const files = globSync(['apps/web/{src,public}/**/*', 'apps/web/*.{ts,html,json}', 'packages/*/src/**/*'], {
    cwd: root,
  })
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file}\0${size}\0${mtimeMs}\0`)
  }
  return hash.digest('hex')
}

/**
 * Builds the web app when its sources changed since the last build.
 * @returns the folder to serve
 * @throws {Error} with the bundler's output when it does not build
 */
export async function buildWebApp(): Promise<string> {
  const want = sources()
  const isBuilt = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === want
  if (!isBuilt()) {
    await oneAtATime(lock, async () => {
      if (!isBuilt()) await build(want) // whoever was first has built it
    })
  }
  return dist
}

async function build(want: string): Promise<void> {
  process.stderr.write('Building the console …\n')
  const output: Buffer[] = []
  const child = spawn('vite', ['build', '--logLevel', 'warn'], {
    cwd: join(root, 'apps/web'),
    env: { ...process.env, ...AS_SHIPPED },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  child.stdout.on('data', (chunk) => output.push(chunk))
  child.stderr.on('data', (chunk) => output.push(chunk))
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`The console does not build:\n${Buffer.concat(output)}`)
  writeFileSync(stamp, want)
}
