import { compileRule } from '@thingdeck/rules-sql'
import { expect, test } from 'vitest'
import { selectFrom } from './select-from.ts'

test.each(['a/b', 'dt/+/#', 'a "b"', 'a b'])('%s is what the rule of its statement acts on', (filter) => {
  expect(compileRule(selectFrom(filter) ?? '').topicFilter).toBe(filter)
})

test.each(["it's", 'a/${b}'])('no statement can name %s', (filter) => {
  for (const quote of ["'", '"']) expect(() => compileRule(`SELECT * FROM ${quote}${filter}${quote}`)).toThrow()
  expect(selectFrom(filter)).toBeUndefined()
})
