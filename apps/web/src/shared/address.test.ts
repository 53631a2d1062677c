// @vitest-environment node
import { expect, test } from 'vitest'
import { fillAddress } from './address.ts'

test('names stand in an address so that they stay one part of it', () => {
  expect(fillAddress('/things/$thingName/shadow', { thingName: 'hall 2/pump$7' })).toBe(
    '/things/hall%202%2Fpump%247/shadow',
  )
  expect(fillAddress('/a/$one/$two', { one: '$two', two: 'x' })).toBe('/a/%24two/x')
})

test('what an address needs is in its type', () => {
  // @ts-expect-error: the name of the thing is missing
  fillAddress('/things/$thingName', {})
  // @ts-expect-error: there is no such parameter
  fillAddress('/things/$thingName', { thingName: 'pump-7', shadowName: 'x' })
  expect(fillAddress('/settings', {})).toBe('/settings')
})
