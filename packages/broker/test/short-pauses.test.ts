import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { SHORT_PAUSE_FLAGS } from '../src/short-pauses.ts'

it('sets flags that this V8 has: one that it does not know has no effect', () => {
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8', maxBuffer: 16_777_216 })
  for (const flag of SHORT_PAUSE_FLAGS) expect(known).toContain(`\n  ${flag.split('=')[0]} (`)
})

it('has V8 collect less often what is thrown away while much is kept for a while', () => {
  // 7 where it is 15 or more otherwise: the moments of some are V8's to choose.
  expect(collections('preferShortPauses()') * 1.5).toBeLessThanOrEqual(collections(''))
})

/** How often a process of its own collects garbage that does the same work each time. */
function collections(first: string): number {
  const program = `
    import { PerformanceObserver } from 'node:perf_hooks'
    import { preferShortPauses } from ${JSON.stringify(new URL('../src/short-pauses.ts', import.meta.url).href)}
    ${first}
    let collections = 0
    new PerformanceObserver((list) => { collections += list.getEntries().length }).observe({ entryTypes: ['gc'] })
    const kept = []
    for (let turn = 0; turn < 800; turn++) {
      for (let index = 0; index < 2000; index++) kept[(turn * 2000 + index) % 40000] = { turn, index }
      await new Promise(setImmediate)
    }
    process.stdout.write(String(collections))`
  const args = ['--input-type=module', '--eval', program]
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}
