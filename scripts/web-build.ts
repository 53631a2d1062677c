import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compressFiles } from './compressed-files.ts'
import { oneAtATime } from './one-at-a-time.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'apps/web/dist')
const stamp = join(dist, '.sources')
const lock = join(root, 'node_modules/.thingdeck-web-build')
const documentation = join(dist, 'docs')
const documentationStamp = join(documentation, '.sources')

/** Whatever the shell says that it is for: with React's own checks each effect would run twice. */
const AS_SHIPPED = { NODE_ENV: 'production' } as const

const OF_CONSOLE = ['apps/web/{src,public}/**/*', 'apps/web/*.{ts,html,json}', 'packages/*/src/**/*']
const OF_DOCUMENTATION = ['docs/**/*', '*.md', 'scripts/docs-site/**/*']

/** Everything that something is made of, by name, size and time of change: cheap enough for every start. */
function sources(patterns: readonly string[]): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  const files = globSync([...patterns], { cwd: root })
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file}\0${size}\0${mtimeMs}\0`)
  }
  return hash.digest('hex')
}

const isMade = (stampOfIt: string, want: string): boolean =>
  existsSync(stampOfIt) && readFileSync(stampOfIt, 'utf8') === want

/**
 * Builds the web app and the documentation beside it, each when its sources changed since the last build.
 * @returns the folder to serve
 * @throws {Error} with the bundler's output when the app does not build
 */
export async function buildWebApp(): Promise<string> {
  const isBuilt = isMade(stamp, sources(OF_CONSOLE)) && isMade(documentationStamp, sources(OF_DOCUMENTATION))
  if (!isBuilt) await oneAtATime(lock, build)
  return dist
}

/** What somebody else has built meanwhile stays as it is. */
async function build(): Promise<void> {
  await buildConsole()
  const want = sources(OF_DOCUMENTATION)
  if (!isMade(documentationStamp, want)) {
    const { buildDocumentation } = await import('./docs-site/build.ts') // most starts have no need of it
    await buildDocumentation(root, documentation)
    await compressFiles(documentation)
    writeFileSync(documentationStamp, want)
  }
}

async function buildConsole(): Promise<void> {
  const want = sources(OF_CONSOLE)
  if (isMade(stamp, want)) return
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
  await compressFiles(dist)
  writeFileSync(stamp, want)
}
