import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readImports } from './walls/imports.ts'
import { findBreaches } from './walls/walls.ts'

// Source: docs/architecture.md, "Floors". The table is scripts/walls/rooms.ts; this shows that each of its walls bites.
const rows: [file: string, specifier: string, allowed: boolean][] = [
  ['packages/shadows/src/a.ts', '@thingdeck/json', true],
  ['packages/policies/src/b.ts', '@thingdeck/shadows', false],
  ['packages/policies/src/c.ts', 'node:fs', false],
  ['packages/policies/src/c.test.ts', 'node:fs', false],
  ['packages/topics/src/a.ts', '@thingdeck/json', false],
  ['packages/topics/src/b.ts', 'fast-check', false],
  ['packages/topics/src/b.test.ts', 'fast-check', true],
  ['packages/jobs/src/a.ts', '../../json/src/index.ts', false],
  ['packages/rules-sql/src/a.ts', '@thingdeck/json', true],
  ['packages/rules-sql/src/b.ts', '@noble/hashes', true],
  ['packages/provisioning/src/a.ts', '@noble/hashes', false],
  ['packages/broker/src/a.ts', '@thingdeck/topics', true],
  ['packages/broker/src/b.ts', '@thingdeck/sigv4', false],
  ['packages/broker/src/c.ts', '../../sigv4/src/index.ts', false],
  ['packages/broker/src/deep/er/d.ts', '../../../../sigv4/src/index.ts', false],
  ['packages/broker/src/f.ts', '../test/store-suite.ts', false],
  ['packages/unheard-of/src/a.ts', '@thingdeck/json', false],
  ['apps/web/src/a.ts', '@thingdeck/contract', true],
  ['apps/web/src/b.ts', '@thingdeck/local', false],
  ['apps/web/src/c.ts', '../../bff/src/app.ts', false],
  ['apps/bff/src/a.ts', '@thingdeck/local', false],
  ['apps/bff/test/a.test.ts', '@thingdeck/local', false],
  ['apps/bff/test/b.test.ts', '../../../scripts/run/console.ts', true],
  ['apps/bff/src/b.ts', '../../../scripts/run/console.ts', false],
  ['apps/fleet/src/a.ts', '@thingdeck/local', false],
  ['scripts/a.ts', '../e2e/test.ts', false],
  ['e2e/a.ts', '../scripts/run/service.ts', true],
  ['e2e/b.ts', '../apps/local/src/index.ts', false],
  ['e2e/c.ts', '@thingdeck/sigv4', true],
  ['bench/a.ts', '../packages/broker/src/index.ts', true],
  ['bench/b.ts', '../apps/local/src/clock.ts', false],
  ['bench/measure/fleet.ts', '../../apps/local/src/services/things/table.ts', true],

  ['apps/local/src/foundation/a.ts', './clock.ts', true],
  ['apps/local/src/foundation/b.ts', '../access/grants.ts', false],
  ['apps/local/src/access/a.ts', '../foundation/clock.ts', true],
  ['apps/local/src/access/b.ts', '../messaging/sessions.ts', false],
  ['apps/local/src/messaging/a.ts', '../services/shadows/index.ts', false],
  ['apps/local/src/messaging/b.ts', '../doors/ports.ts', false],
  ['apps/local/src/services/things/a.ts', './tables/thing-table.ts', true],
  ['apps/local/src/services/things/b.ts', '../groups/index.ts', false],
  ['apps/local/src/services/things/c.ts', '../groups/group-table.ts', false],
  ['apps/local/src/services/things/tables/d.ts', '../../groups/deep/group-table.ts', false],
  ['apps/local/src/services/things/e.ts', '../../access/grants.ts', false],
  ['apps/local/src/services/things/f.ts', '../../compose.ts', false],
  ['apps/local/src/services/unheard-of/a.ts', '../../foundation/clock.ts', true],
  ['apps/local/src/doors/a.ts', '../access/grants.ts', false],
  ['apps/local/src/doors/c.ts', '../foundation/clock.ts', true],
  ['apps/local/src/doors/b.ts', '../services/things/thing-table.ts', false],
  ['apps/local/src/a.ts', './services/things/thing-table.ts', false],
  ['apps/local/src/b.ts', './services/things/index.ts', true],
  ['apps/local/src/lounge/a.ts', '../foundation/clock.ts', false],

  ['apps/bff/src/modules/things/a.ts', '../../plugins/session.ts', true],
  ['apps/bff/src/modules/things/b.ts', '../shadows/shadows.ts', false],
  ['apps/bff/src/modules/things/c.ts', '../../stores/audit.ts', true],
  ['apps/bff/src/modules/things/d.ts', '../module.ts', true],
  ['apps/bff/src/modules/things/e.ts', '../index.ts', false],
  ['apps/bff/src/modules/index.ts', './things/things.ts', true],
  ['apps/bff/src/plugins/a.ts', '../modules/things/things.ts', false],
  ['apps/bff/src/aws/a.ts', '../stores/audit.ts', false],
  ['apps/bff/src/stores/a.ts', '../modules/things/things.ts', false],

  ['apps/web/src/features/things/a.tsx', '../../shared/ui/age.tsx', true],
  ['apps/web/src/features/things/b.ts', '../shadow/page/page.tsx', false],
  ['apps/web/src/features/things/page/c.ts', '../../shadow/page/page.tsx', false],
  ['apps/web/src/features/things/d.ts', '../../app/router.tsx', false],
  ['apps/web/src/shared/a.ts', '../features/things/api.ts', false],
  ['apps/web/src/app/a.ts', '../features/things/api.ts', true],
  ['apps/web/src/app/worker/b.ts', '../../features/live/worker/live-worker.ts', true],
  ['apps/web/src/features/live/worker/a.ts', '../protocol/stream.ts', true],
  ['apps/web/src/features/live/worker/b.ts', '../page/live-page.tsx', false],
  ['apps/web/src/features/live/page/a.ts', '../protocol/stream.ts', true],
  ['apps/web/src/features/live/page/list/b.ts', '../../worker/stream/stream.ts', false],
  ['apps/web/src/features/live/protocol/a.ts', '../worker/stream/stream.ts', false],
  ['apps/web/src/features/live/a.ts', './page/live-page.tsx', true],
  ['apps/web/src/features/live/b.ts', './worker/live-worker.ts', false],
  ['apps/web/src/features/things/z.ts', '../live/protocol/stream.ts', false],
  ['apps/web/src/main.tsx', './app/router.tsx', true],
]

// What each line of code is that names a file of another room.
const kinds: [kind: string, code: string][] = [
  ['a type', `import type { A } from '@thingdeck/local'`],
  ['a type in its place', `export type B = import('@thingdeck/local').A`],
  ['an export', `export * from '@thingdeck/local'`],
  ['an import on demand', `export const a = () => import('@thingdeck/local')`],
  ['a worker', `export const a = new Worker(new URL('../../local/src/index.ts', import.meta.url))`],
]

const house = mkdtempSync(join(tmpdir(), 'thingdeck-floors-'))
let refused: Set<string>
let undeclared: string[]
let circles: string[]

function write(file: string, code: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true })
  writeFileSync(join(house, file), `${code}\n`)
}

const fileOf = (kind: string) => `apps/fleet/src/${kind.replaceAll(' ', '-')}.ts`

beforeAll(() => {
  // The real configuration and manifests, with one file per row: the rows never touch the working tree.
  for (const file of ['biome.json', 'package.json', ...globSync('{packages,apps}/*/package.json')]) {
    mkdirSync(dirname(join(house, file)), { recursive: true })
    cpSync(file, join(house, file))
  }
  // Packages of floor 1 that are yet to come are judged as if they were there.
  for (const [name, dependency] of Object.entries({
    jobs: 'json',
    'rules-sql': '@noble/hashes',
    provisioning: 'json',
  })) {
    const dependencies = { [dependency]: '*', '@thingdeck/json': '*' }
    write(`packages/${name}/package.json`, JSON.stringify({ name: `@thingdeck/${name}`, dependencies }))
  }
  for (const [file, specifier] of rows) write(file, `import { a } from '${specifier}'\n\nconsole.log(a)`)
  write('packages/broker/src/undeclared.ts', `import { a } from 'fastify'\n\nconsole.log(a)`)
  for (const [kind, code] of kinds) write(fileOf(kind), code)
  write('packages/json/src/one.ts', `import { two } from './two.ts'\nexport const one = two`)
  write('packages/json/src/two.ts', `import type { three } from './deep/three.ts'\nexport const two: typeof three = 2`)
  write('packages/json/src/deep/three.ts', `import { one } from '../one.ts'\nexport const three = one`)
  write('packages/json/src/apart.ts', `export { one } from './one.ts'`)

  const rule = 'lint/correctness/noUndeclaredDependencies'
  const { stdout } = spawnSync('biome', ['lint', `--only=${rule}`, '--vcs-enabled=false', '--reporter=json'], {
    cwd: house,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  const report: { diagnostics: { location: { path: string } }[] } = JSON.parse(stdout)
  const breaches = findBreaches(readImports(house))
  undeclared = report.diagnostics.map(({ location }) => location.path)
  refused = new Set(breaches.map(({ file }) => file))
  circles = breaches
    .filter(({ rule }) => rule.includes('circle'))
    .map(({ file, specifier }) => `${file} → ${specifier}`)
})

afterAll(() => rmSync(house, { recursive: true }))

test.each(rows)('%s may import %s: %s', (file, _specifier, allowed) => {
  const folder = file.split('/').slice(0, file.startsWith('packages') ? 2 : 4)
  expect(refused.has(file) || refused.has(folder.join('/'))).toBe(!allowed)
})

test.each(kinds)('%s of another app is refused too', (kind) => {
  expect(refused).toContain(fileOf(kind))
})

test('what is imported from npm is declared by the package that imports it', () => {
  expect(undeclared).toContain('packages/broker/src/undeclared.ts')
  expect(undeclared).not.toContain('packages/broker/src/a.ts')
})

test('a circle is named once, in the order of its imports', () => {
  expect(circles).toEqual([
    'packages/json/src/deep/three.ts → packages/json/src/one.ts → packages/json/src/two.ts → packages/json/src/deep/three.ts',
  ])
})
