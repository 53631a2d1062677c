/**
 * `npm test`: types, lint and floors, unit and integration, end to end. `npm test -- types lint` runs only those.
 * Every part runs even when an earlier one failed, so that one run shows all that is wrong.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { countTests } from './test-counts.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const windows = process.platform === 'win32'

type Command = [command: string, ...args: string[]]

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
const failed: string[] = []
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  console.log(`\n── ${name} ──`)
  for (const [command, ...args] of parts[name] ?? []) {
    const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: windows, env })
    if (error) console.error(error.message)
    if (status !== 0 && !failed.includes(name)) failed.push(name)
  }
}
console.log(failed.length > 0 ? `\nFailed: ${failed.join(', ')}` : '\nAll parts passed.')
const { passed, failed: broken, skipped } = countTests(results)
rmSync(results, { recursive: true })
if (passed + broken + skipped > 0) console.log(`Tests: ${passed} passed, ${broken} failed, ${skipped} skipped.`)
process.exit(failed.length > 0 ? 1 : 0)
