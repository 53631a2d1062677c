import { expect, test } from 'vitest'
import { decideGuideCase } from './guide-case.ts'
import { GUIDE_ROWS } from './guide-cases.ts'

test.each(GUIDE_ROWS.map((row, index) => [index + 1, ...row] as const))(
  'case %i: %s',
  (_, _what, statements, who, request, allowed) => {
    expect(decideGuideCase(statements, who, request).decision === 'ALLOWED').toBe(allowed)
  },
)

test('they are as many as the console is asked', () => {
  expect(GUIDE_ROWS.length).toBeGreaterThanOrEqual(278)
})
