import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { ServiceCoverage } from '@thingdeck/aws-api'
import { AWS_LIMITS } from '@thingdeck/broker'
import { expect, test } from 'vitest'
import { DEFAULTS } from '../src/config.ts'
import { startLocal } from '../src/index.ts'
import { OPTIONS } from '../src/options.ts'

const DOCUMENT = fileURLToPath(new URL('../../../docs/local.md', import.meta.url))
const SECTION = /(<!-- operations: [^\n]*-->\n)[\s\S]*?(<!-- end of operations -->)/

function table(services: readonly ServiceCoverage[]): string {
  const names = (service: ServiceCoverage, implemented: boolean) =>
    service.operations
      .filter((operation) => operation.implemented === implemented)
      .map(({ name }) => `\`${name}\``)
      .join(', ') || 'none'
  return services
    .map(
      (service) =>
        `### ${service.signingName}: ${service.implementedCount} of ${service.operationCount}\n\n` +
        `There: ${names(service, true)}.\n\nNot there: ${names(service, false)}.\n`,
    )
    .join('\n')
}

test('docs/local.md lists the operations that are there (vitest -u writes it)', async () => {
  await using local = await startLocal()
  const response = await fetch(`${local.urls.http}/_local/coverage`)
  const coverage = (await response.json()) as ServiceCoverage[]
  const document = await readFile(DOCUMENT, 'utf8')
  expect(document).toMatch(SECTION)
  const expected = document.replace(SECTION, (_, start, end) => `${start}\n${table(coverage)}\n${end}`)
  await expect(expected).toMatchFileSnapshot(DOCUMENT)
})

test('docs/local.md lists every option with its variable and default', async () => {
  const document = await readFile(DOCUMENT, 'utf8')
  const rows = Object.entries(OPTIONS).map(([name, { env }]) => [`| \`--${name}`, `\`${env}\` |`] as const)
  for (const [option, variable] of rows) {
    expect(document.split('\n').filter((line) => line.startsWith(option) && line.includes(variable))).toHaveLength(1)
  }
  expect(document).toContain(`| ${DEFAULTS.port} |`)
  expect(document).toContain(`| ${DEFAULTS.account} |`)
})

test('docs/reference/bounds.md lists every limit with its default', async () => {
  const document = await readFile(fileURLToPath(new URL('../../../docs/reference/bounds.md', import.meta.url)), 'utf8')
  const rows = [...document.matchAll(/^\| `(\w+)`(?: \*own\*)? \| ([^|]+) \|/gm)].map(([, name, value]) => [
    name,
    value,
  ])
  const figures = Object.entries(AWS_LIMITS).map(([name, value]) => [
    name,
    Number.isFinite(value) ? value.toLocaleString('en-US') : 'off',
  ])
  expect(rows.toSorted()).toEqual(figures.toSorted())
})

test('docs/architecture.md shows the example of a service as it is compiled and run', async () => {
  const read = (path: string) => readFile(fileURLToPath(new URL(path, import.meta.url)), 'utf8')
  const code = await read('./example-service/index.ts')
  expect(await read('../../../docs/architecture.md')).toContain(`\`\`\`ts\n${code}\`\`\``)
})
