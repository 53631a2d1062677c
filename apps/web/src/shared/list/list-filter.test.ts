import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFilter } from './list-filter.ts'

interface Lamp {
  readonly name: string
  readonly colours: readonly string[]
  readonly labels: Readonly<Record<string, string>>
}

interface LampFilter {
  readonly has?: string
  readonly begins?: string
  readonly state?: 'on' | 'off'
  readonly label?: readonly string[]
  readonly since?: string
}

const FILTER = createFilter<Lamp, LampFilter>({
  properties: [
    {
      key: 'name',
      label: 'Name',
      valuesLabel: 'Names',
      params: { ':': 'has', '^': 'begins' },
      seenIn: ({ name }) => name,
    },
    { key: 'state', label: 'State', valuesLabel: 'States', params: { '=': 'state' }, values: ['on', 'off'] },
  ],
  families: [
    {
      prefix: 'label:',
      valuesLabel: (name) => `Values of ${name}`,
      group: 'labels',
      operators: ['='],
      param: 'label',
      format: (name, _, value) => `${name}=${value}`,
      parse(text) {
        const [name = '', ...value] = text.split('=')
        return { name, operator: '=', value: value.join('=') }
      },
      seenIn: ({ labels }) => labels,
    },
  ],
  others: ['since'],
  freeText: { operator: ':', mean: (value) => ({ propertyKey: 'name', operator: ':', value }) },
})

const word = fc.stringMatching(/^[a-z0-9-]{1,12}$/)
const filters = fc.record<LampFilter>(
  {
    begins: word,
    state: fc.constantFrom('on', 'off'),
    label: fc.uniqueArray(
      fc.tuple(word, word).map(([name, value]) => `${name}=${value}`),
      { minLength: 1, maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
)

test('a filter becomes tokens, and they become the filter', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const { since: _, ...none } = FILTER.none
      expect(FILTER.fromQuery(FILTER.toQuery(filter))).toEqual({ ...none, ...filter })
    }),
  )
})

test.each([
  [
    [
      { propertyKey: 'name', operator: ':', value: 'a' },
      { propertyKey: 'name', operator: '^', value: 'b' },
    ],
    { begins: 'b' },
  ],
  [[{ operator: ':', value: ' lamp ' }], { has: 'lamp' }],
  [[{ propertyKey: 'name', operator: '!=', value: 'lamp' }], { has: 'lamp' }],
  [[{ propertyKey: 'state', operator: '=', value: 'dim' }], {}],
  [
    [
      { propertyKey: 'state', operator: '=', value: 'on' },
      { propertyKey: 'state', operator: '=', value: '' },
    ],
    { state: 'on' },
  ],
  [[{ propertyKey: 'size', operator: '=', value: '7' }], {}],
])('%j is %j', (tokens, expected) => {
  const found = FILTER.fromQuery({ tokens, operation: 'and' })
  expect(Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))).toEqual(expected)
})

test('a field of its own is a part of the filter, and not of its tokens', () => {
  expect(FILTER.isSet({})).toBe(false)
  expect(FILTER.isSet({ since: 'today' })).toBe(true)
  expect('since' in FILTER.none).toBe(true)
  expect(FILTER.toQuery({ since: 'today' }).tokens).toEqual([])
})

test('what can be had is offered, and what is filtered by in any case', () => {
  const rows = [{ name: 'hall', colours: ['red'], labels: { room: '7' } }]
  const keys = (filter: LampFilter) =>
    FILTER.choices(rows, filter, (key) => key !== 'state').properties.map(({ key }) => key)
  expect(keys({})).toEqual(['name', 'label:room'])
  expect(keys({ state: 'on', label: ['floor=2'] })).toEqual(['name', 'state', 'label:floor', 'label:room'])
  expect(FILTER.choices(rows, {}, () => true).options).toEqual([
    { propertyKey: 'state', value: 'on' },
    { propertyKey: 'state', value: 'off' },
    { propertyKey: 'name', value: 'hall' },
    { propertyKey: 'label:room', value: '7' },
  ])
})
