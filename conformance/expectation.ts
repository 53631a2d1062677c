import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Observed } from './observation.ts'
import type { Usage } from './usage.ts'

/** What a check is to observe, and what that takes. */
export interface Expectation {
  readonly uses: Usage
  readonly observed: Observed
}

/** Of an area, by the id of the check. */
export type Expectations = Readonly<Record<string, Expectation>>

const FOLDER = join(import.meta.dirname, 'expected')

/** @throws {Error} where an area has none yet */
export function readExpectations(area: string, folder = FOLDER): Expectations {
  return JSON.parse(readFileSync(join(folder, `${area}.json`), 'utf8')) as Expectations // written by writeExpectations
}

export function writeExpectations(area: string, expectations: Expectations, folder = FOLDER): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${area}.json`), `${JSON.stringify(expectations, null, 2)}\n`)
}
