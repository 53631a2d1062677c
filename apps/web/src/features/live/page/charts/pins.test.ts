import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addPin, chartsOf, formatPins, parsePins, withAxis } from './pins.ts'

test.each([
  [['1:dt/a#$.x'], [{ id: 'dt/a#$.x', topic: 'dt/a', path: '$.x', chart: 1 }], 'a pin'],
  [['2:$aws/a:b#$["a#b"]'], [{ id: '$aws/a:b#$["a#b"]', topic: '$aws/a:b', path: '$["a#b"]', chart: 2 }], 'odd names'],
  [['0:a#$.x', '1:a', 'a#$.x', '1:#$.x', '1:a#x'], [], 'what is no pin is left out'],
])('%j → %j (%s)', (values, expected) => {
  expect(parsePins(values)).toEqual(expected)
})

test('in the URL and back', () => {
  const pins = fc.array(
    fc.record({
      chart: fc.integer({ min: 1, max: 99 }),
      topic: fc.string({ minLength: 1, unit: fc.constantFrom('a', '/', ':', '$', ' ') }),
      path: fc.string({ unit: fc.constantFrom('a', '.', '[', '"', '#', ']') }).map((rest) => `$${rest}`),
    }),
  )
  fc.assert(
    fc.property(pins, (some) => {
      const placed = some.reduce((all, { topic, path, chart }) => addPin(all, topic, path, chart), parsePins([]))
      expect(parsePins(formatPins(placed))).toEqual(placed)
    }),
  )
})

test('the same path of another topic joins its chart, another path gets a chart of its own', () => {
  let pins = addPin([], 'dt/a', '$.flow')
  pins = addPin(pins, 'dt/b', '$.pressure')
  pins = addPin(pins, 'dt/b', '$.flow')
  pins = addPin(pins, 'dt/b', '$.flow')
  expect(formatPins(pins)).toEqual(['1:dt/a#$.flow', '2:dt/b#$.pressure', '1:dt/b#$.flow'])
  expect(chartsOf(addPin(pins, 'dt/b', '$.flow', 2)).map(([, { length }]) => length)).toEqual([1, 2])
})

test('a chosen axis is in the URL, until it is by magnitude again or the chart is another', () => {
  const values = ['1:dt/a#$.t', '1r:dt/a#$.rpm', '1l:dt/a#$.limit']
  const pins = parsePins(values)
  expect(pins.map(({ axis }) => axis)).toEqual([undefined, 'right', 'left'])
  expect(formatPins(pins)).toEqual(values)
  expect(formatPins(withAxis(pins, 'dt/a#$.rpm', undefined))).toEqual([values[0], '1:dt/a#$.rpm', values[2]])
  expect(formatPins(withAxis(pins, 'dt/a#$.t', 'right'))[0]).toBe('1r:dt/a#$.t')
  expect(formatPins(addPin(pins, 'dt/a', '$.rpm', 2)).at(-1)).toBe('2:dt/a#$.rpm')
})
