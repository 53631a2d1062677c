import { expect, test } from 'vitest'
import { fieldsOf, sampleOf, valuesOf } from './fleet-fields.ts'

const THING = {
  attributes: { site: 'hall-2' },
  shadow:
    '{"desired":{"mode":"auto"},"reported":{"a":{"b":12345678901234567890},"a.b":1.50,"tags":["x",null,7],"deep":[{"c":1}]},' +
    '"metadata":{"reported":{"a":{"b":{"timestamp":1}}}},"hasDelta":true,"version":7,"name":{"config":{"reported":{"on":false}}}}',
  connectivity: { connected: true, timestamp: 1_773_054_000_500 },
}

test('fields are named as queries name them, and numbers keep their digits', () => {
  const names = ['shadow.reported.a.b', 'shadow.reported.tags', 'shadow.name.config.reported.on', 'shadow.hasDelta']
  expect(valuesOf(fieldsOf(THING), [...names, 'connectivity.timestamp', 'shadow.reported.deep', 'x'])).toEqual({
    'shadow.reported.a.b': '12345678901234567890, 1.50',
    'shadow.reported.tags': 'x, null, 7',
    'shadow.name.config.reported.on': 'false',
    'shadow.hasDelta': 'true',
    'connectivity.timestamp': '1773054000500',
  })
})

test('a sample has what one may look for, with values, and neither versions nor metadata', () => {
  const sample = sampleOf([fieldsOf(THING), fieldsOf({ attributes: { site: 'hall-1' }, shadow: 'no json' })])
  expect(sample.map(({ name }) => name)).toEqual([
    'attributes.site',
    'connectivity.connected',
    'connectivity.timestamp',
    'shadow.desired.mode',
    'shadow.hasDelta',
    'shadow.name.config.reported.on',
    'shadow.reported.a.b',
    'shadow.reported.tags',
  ])
  expect(sample[0]?.values).toEqual(['hall-2', 'hall-1'])
})
