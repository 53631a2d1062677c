import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

// Source: docs/architecture.md, "Floors". The configuration is in biome.json; this shows that it bites.
const rows: [file: string, specifier: string, allowed: boolean][] = [
  ['packages/shadows/src/a.ts', '@thingdeck/json', true],
  ['packages/policies/src/b.ts', '@thingdeck/shadows', false],
  ['packages/policies/src/c.ts', 'node:fs', false],
  ['packages/topics/src/a.ts', '@thingdeck/json', false],
  ['packages/topics/src/b.ts', 'fast-check', false],
  ['packages/topics/src/b.test.ts', 'fast-check', true],
  ['packages/broker/src/a.ts', '@thingdeck/topics', true],
  ['packages/broker/src/b.ts', '@thingdeck/sigv4', false],
  ['packages/broker/src/c.ts', '../../sigv4/src/index.ts', false],
  ['apps/web/src/a.ts', '@thingdeck/contract', true],
  ['apps/web/src/b.ts', '@thingdeck/local', false],
  ['apps/web/src/c.ts', '../../bff/src/app.ts', false],
  ['apps/bff/src/a.ts', '@thingdeck/local', false],
  ['apps/fleet/src/a.ts', '@thingdeck/local', false],
]

const house = mkdtempSync(join(tmpdir(), 'thingdeck-floors-'))
let refused: Set<string>

beforeAll(() => {
  // The real configuration and manifests, with one file per row: the rows never touch the working tree.
  for (const file of ['biome.json', 'package.json', ...globSync('{packages,apps}/*/package.json')]) {
    cpSync(file, join(house, file))
  }
  for (const [file, specifier] of rows) {
    mkdirSync(dirname(join(house, file)), { recursive: true })
    writeFileSync(join(house, file), `import { a } from '${specifier}'\n\nconsole.log(a)\n`)
  }
  const { stdout } = spawnSync('biome', ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json'], {
    cwd: house,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  const report: { diagnostics: { location: { path: string } }[] } = JSON.parse(stdout)
  refused = new Set(report.diagnostics.map(({ location }) => location.path))
})

afterAll(() => rmSync(house, { recursive: true }))

test.each(rows)('%s may import %s: %s', (file, _specifier, allowed) => {
  expect(refused.has(file)).toBe(!allowed)
})
