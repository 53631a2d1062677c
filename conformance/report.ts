import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { CleanUpResult } from './clean-up.ts'
import type { Observed } from './observation.ts'
import type { CheckResult } from './run.ts'

/** Whose report it is. */
export interface ReportHead {
  readonly target: string
  readonly region: string
  /** Left out unless whoever runs it wants it there. */
  readonly account?: string
  readonly startedAt: string
  readonly prefix: string
  /** By the name of the package. */
  readonly versions: Readonly<Record<string, string>>
}

export interface Report {
  readonly head: ReportHead
  readonly results: readonly CheckResult[]
  /** Left out where the run did not get that far. */
  readonly cleanUp?: CleanUpResult
}

const PACKAGES = [
  '@aws-sdk/client-iot',
  '@aws-sdk/client-iot-data-plane',
  '@aws-sdk/client-iot-jobs-data-plane',
  '@aws-sdk/client-iam',
  '@aws-sdk/client-s3',
  'mqtt',
]

/** Versions of what the run speaks with. */
export function packageVersions(): Record<string, string> {
  const { resolve } = createRequire(import.meta.url)
  const versionOf = (name: string): string => {
    const [, root = ''] = new RegExp(`^(.*[/\\\\]${name}[/\\\\])`).exec(resolve(name)) ?? []
    return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
  }
  return { node: process.version, ...Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])) }
}

/** Writes `report.md`, to read and to report, and `report.json`, which has all that was observed. */
export function writeReport(folder: string, report: Report): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
  writeFileSync(join(folder, 'report.md'), formatReport(report))
}

/** As Markdown. */
export function formatReport({ head, results, cleanUp }: Report): string {
  const differing = results.filter(({ outcome }) => outcome === 'differs')
  const behaviour = rows(differing, false)
  const wording = rows(differing, true)
  const told = (outcome: CheckResult['outcome']) =>
    results
      .filter((result) => result.outcome === outcome)
      .map(({ area, id, why = '' }) => `| ${area}/${id} | ${cell(why)} |`)
  return `${[
    '# Conformance run',
    '',
    `${head.target}, ${head.region}${head.account === undefined ? '' : `, account ${head.account}`}, ${head.startedAt}`,
    '',
    `${results.length} checks: ${countsOf(results)}.`,
    '',
    ...table('What differs', ['check', 'what', 'expected', 'observed'], behaviour),
    ...table('Wording of refusals that differs', ['check', 'what', 'expected', "AWS's words"], wording),
    ...table('Not finished', ['check', 'why'], told('failed')),
    ...table('Skipped', ['check', 'why'], told('skipped')),
    ...cleanUpLines(cleanUp),
    '## Versions',
    '',
    ...Object.entries(head.versions).map(([name, version]) => `- ${name} ${version}`),
  ].join('\n')}\n`
}

/** `40 the same, 2 differ` */
export function countsOf(results: readonly CheckResult[]): string {
  const count = (outcome: CheckResult['outcome']) => results.filter((result) => result.outcome === outcome).length
  return `${count('same')} as expected, ${count('differs')} differ, ${count('failed')} not finished, ${count('skipped')} skipped`
}

function rows(results: readonly CheckResult[], isWording: boolean): string[] {
  return results.flatMap(({ area, id, differences }) =>
    differences
      .filter((difference) => difference.isWording === isWording)
      .map(
        ({ path, expected, observed }) => `| ${area}/${id} | ${cell(path)} | ${json(expected)} | ${json(observed)} |`,
      ),
  )
}

function table(title: string, columns: readonly string[], lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  return [`## ${title}`, '', `| ${columns.join(' | ')} |`, `|${' --- |'.repeat(columns.length)}`, ...lines, '']
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const json = (value: Observed | undefined) => (value === undefined ? 'nothing' : `\`${cell(JSON.stringify(value))}\``)

function cleanUpLines(cleanUp: CleanUpResult | undefined): string[] {
  if (cleanUp === undefined) return []
  const { removed, left, doubtful } = cleanUp
  const nothing = left.length === 0 && doubtful.length === 0
  return [
    '## Clean-up',
    '',
    `${removed} removed. ${nothing ? 'A listing of the account has nothing with the prefix.' : 'Left behind:'}`,
    '',
    ...left.map(({ kind, name, why }) => `- ${kind} ${name}: ${why}`),
    ...doubtful.map((id) => `- certificate ${id}: made during the run, by whom is not known`),
    ...(nothing ? [] : ['']),
  ]
}
