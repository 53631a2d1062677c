import { join } from 'node:path'
import { expect, test } from 'vitest'
import { installedLicence, productionPackages } from './licences/packages.ts'
import { isCompatible } from './licences/spdx.ts'

const root = join(import.meta.dirname, '..')
const packages = productionPackages(root)

test.each([
  ['MIT', true],
  ['(MIT OR Apache-2.0)', true],
  ['GPL-3.0-only OR MIT', true],
  ['GPL-3.0-only AND MIT', false],
  ['(MIT AND BSD-3-Clause) OR GPL-2.0-only', true],
  ['MIT AND (GPL-2.0-only OR ISC)', true],
  ['GPL-3.0-only', false],
  ['MPL-2.0', false],
  ['SEE LICENSE IN LICENSE.txt', false],
  ['UNLICENSED', false],
  ['', false],
  ['MIT OR', false],
  ['(MIT', false],
  ['MIT MIT', false],
])('%s: may be shipped %s', (expression, expected) => {
  expect(isCompatible(expression)).toBe(expected)
})

test('whatever is installed to run Thingdeck may be shipped with it', () => {
  expect(packages.length).toBeGreaterThan(100)
  const strange = packages.filter(({ licence }) => !isCompatible(licence))
  expect(strange.map(({ path, licence }) => `${path}: ${licence}`)).toEqual([])
})

test('the lock file says what the packages say', () => {
  const others = packages.flatMap((each) => {
    const said = installedLicence(root, each)
    return said === undefined || said === each.licence
      ? []
      : [`${each.path}: ${each.licence} locked, ${said} installed`]
  })
  expect(others).toEqual([])
})

const INTRODUCTION = `# What others have made

Thingdeck is under [Apache-2.0](../../LICENSE). What \`npm ci --omit=dev\` installs beside it to run it is under the licences
below, all of which a work under Apache-2.0 may include. The text of each is in its package; whoever ships a built
Thingdeck (\`apps/web/dist\`, an image) ships these notices with it. Node.js itself is under MIT and those of what it has
within it.

Made from \`package-lock.json\` by \`npx vitest run -u scripts/licences.test.ts\`. A package under another licence fails that
test: it is not added here but replaced, or its licence is read and then named in \`scripts/licences/spdx.ts\`.`

test('docs/reference/third-party.md lists them', async () => {
  const names = new Map<string, Set<string>>()
  for (const { licence, name } of packages) names.set(licence, (names.get(licence) ?? new Set()).add(name))
  const sections = [...names]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([licence, of]) => {
      const lines = [...of].sort().map((name) => `- \`${name}\``)
      return `## ${licence.replace(/^\((.*)\)$/, '$1')}\n\n${lines.join('\n')}\n`
    })
  const document = `${INTRODUCTION}\n\n${sections.join('\n')}`
  await expect(document).toMatchFileSnapshot('../docs/reference/third-party.md')
})
