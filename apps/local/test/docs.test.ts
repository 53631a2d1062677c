import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { ServiceCoverage } from '@thingdeck/aws-api'
import { AWS_LIMITS } from '@thingdeck/broker'
import { expect, test } from 'vitest'
import { DEFAULTS } from '../src/config.ts'
import { AWS_ACCOUNT_LIMITS } from '../src/foundation/account-limits.ts'
import { startLocal } from '../src/index.ts'
import { OPTIONS } from '../src/options.ts'

const DOCUMENT = fileURLToPath(new URL('../../../docs/local.md', import.meta.url))
const COVERAGE = fileURLToPath(new URL('../../../docs/reference/coverage.md', import.meta.url))
const README = fileURLToPath(new URL('../../../README.md', import.meta.url))
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

/** How many operations of each API are there, with those that are not. */
function totals(services: readonly ServiceCoverage[]): string {
  const there = services.reduce((sum, { implementedCount }) => sum + implementedCount, 0)
  const all = services.reduce((sum, { operationCount }) => sum + operationCount, 0)
  const rows = services.map(({ signingName, implementedCount, operationCount }) => {
    const anchor = `${signingName}-${implementedCount}-of-${operationCount}`
    return `| [\`${signingName}\`](../local.md#${anchor}) | ${implementedCount} | ${operationCount} |`
  })
  return `# Coverage

How many operations of each AWS API the embedded server has, of those that the SDK's package has; by the names that requests
are signed for. An operation that is not there answers 501 with its name. [Operations](../local.md#operations) names all of
them, and [Differences from AWS](../local.md#differences-from-aws) says where one that is there differs. DynamoDB, Kinesis,
S3, SQS and SNS are [servers of others](../local.md#destinations), whose coverage is theirs.

| API | there | of |
| --- | --- | --- |
${rows.join('\n')}
| all | ${there} | ${all} |

A running server says the same at \`/_local/coverage\`. Made of that by \`npx vitest run -u apps/local/test/docs.test.ts\`.
`
}

/** README.md with as many operations as there are. */
function withCounts(readme: string, services: readonly ServiceCoverage[]): string {
  const there = services.reduce((sum, { implementedCount }) => sum + implementedCount, 0)
  const iot = services.find(({ signingName }) => signingName === 'iot')
  expect(readme).toMatch(/\[\d+ operations\]/)
  expect(readme).toMatch(/^\| `iot` operations \| \d+ of \d+ /m)
  return readme
    .replace(/\[\d+ operations\]/, `[${there} operations]`)
    .replace(/^(\| `iot` operations \| )\d+ of \d+ /m, `$1${iot?.implementedCount} of ${iot?.operationCount} `)
}

test('docs/local.md lists the operations that are there (vitest -u writes it)', async () => {
  await using local = await startLocal()
  const response = await fetch(`${local.urls.http}/_local/coverage`)
  const coverage = (await response.json()) as ServiceCoverage[]
  const document = await readFile(DOCUMENT, 'utf8')
  expect(document).toMatch(SECTION)
  const expected = document.replace(SECTION, (_, start, end) => `${start}\n${table(coverage)}\n${end}`)
  await expect(expected).toMatchFileSnapshot(DOCUMENT)
  await expect(totals(coverage)).toMatchFileSnapshot(COVERAGE)
  await expect(withCounts(await readFile(README, 'utf8'), coverage)).toMatchFileSnapshot(README)
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
  const figures = Object.entries({ ...AWS_LIMITS, ...AWS_ACCOUNT_LIMITS }).map(([name, value]) => [
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
