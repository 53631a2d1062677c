/**
 * `npm test`: types, lint and floors, unit and integration, end to end. `npm test -- types lint` runs only those.
 * Every part runs even when an earlier one failed, so that one run shows all that is wrong. The end-to-end tests, which
 * take longest, run beside all the others (docs/decisions/0052-tests-run-side-by-side.md).
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HeldOutput } from './held-output.ts'
import { countTests } from './test-counts.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const windows = process.platform === 'win32'

type Command = [command: string, ...args: string[]]

/** Before parts that run tests: what they would otherwise fetch and build at the same time. */
const PREPARE: Command = [process.execPath, 'scripts/prepare-tests.ts']

const parts: Record<string, Command[]> = {
  types: [[process.execPath, 'scripts/typecheck.ts']],
  lint: [
    ['biome', 'check', '--error-on-warnings'],
    [process.execPath, 'scripts/walls/check.ts'],
  ],
  unit: [['vitest', 'run']],
  e2e: [['playwright', 'test']],
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`There is no test part named ${unknown.join(', ')}. The parts are: ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}

const results = mkdtempSync(join(tmpdir(), 'thingdeck-test-'))
const env = { ...process.env, THINGDECK_TEST_RESULTS: results }
const failed = new Set<string>()

/** @returns whether it ended well */
function run([command, ...args]: Command, held?: HeldOutput): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: held ? ['inherit', 'pipe', 'pipe'] : 'inherit',
      shell: windows,
      env,
    })
    for (const output of [child.stdout, child.stderr]) output?.on('data', (chunk: Buffer) => held?.write(chunk))
    child.on('error', (error) => {
      console.error(error.message)
      resolve(false)
    })
    child.on('close', (code) => resolve(code === 0))
  })
}

async function runPart(name: string, held?: HeldOutput): Promise<void> {
  const title = `\n── ${name} ──\n`
  if (held) held.write(Buffer.from(title))
  else process.stdout.write(title)
  for (const command of parts[name] ?? []) if (!(await run(command, held))) failed.add(name)
}

const names = asked.length > 0 ? asked : Object.keys(parts)
if (names.some((name) => name === 'unit' || name === 'e2e') && !(await run(PREPARE)))
  failed.add('the build of the console')
const beside = names.length > 1 && names.includes('e2e') ? new HeldOutput(process.stdout) : undefined
const e2e = beside && runPart('e2e', beside)
for (const name of names) if (!(beside && name === 'e2e')) await runPart(name)
beside?.release()
await e2e

console.log(failed.size > 0 ? `\nFailed: ${[...failed].join(', ')}` : '\nAll parts passed.')
const { passed, failed: broken, skipped } = countTests(results)
rmSync(results, { recursive: true })
if (passed + broken + skipped > 0) console.log(`Tests: ${passed} passed, ${broken} failed, ${skipped} skipped.`)
process.exit(failed.size > 0 ? 1 : 0)
