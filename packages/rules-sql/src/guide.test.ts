import { expect, test } from 'vitest'
import { runSql } from '../test/run-sql.ts'
import { GUIDE_CASES } from './guide-cases.ts'

test.each(GUIDE_CASES)('%s', (sql, payload, expected) => {
  expect(runSql(sql, payload)).toBe(expected)
})
