import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

interface VitestResults {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
}

interface PlaywrightResults {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
    readonly skipped: number
  }
}

/** What Vitest and Playwright left in the folder that `THINGDECK_TEST_RESULTS` named to them, summed. */
export function countTests(folder: string): TestCounts {
  const read = <Results>(name: string): Results | undefined => {
    const file = join(folder, name)
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  }
  const unit = read<VitestResults>('unit.json')
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = read<PlaywrightResults>('e2e.json')?.stats ?? {}
  return {
    passed: (unit?.numPassedTests ?? 0) + expected + flaky,
    failed: (unit?.numFailedTests ?? 0) + unexpected,
    skipped: (unit?.numPendingTests ?? 0) + skipped,
  }
}
