import type { Thing } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import type { Things, ThingsFilter } from '../../aws/things.ts'
import { createRegistrySearch, type RegistryFilter } from './registry-search.ts'

const thing = (thingName: string): Thing => ({
  thingName,
  thingArn: `arn:aws:iot:us-east-1:123456789012:thing/${thingName}`,
  thingTypeName: /pump/i.test(thingName) ? 'pump' : 'lamp',
  attributes: { site: thingName.endsWith('1') ? 'hall-1' : 'hall-2' },
  version: 1,
})

/** A registry of these names, paged in their order; `asked` is what was called. */
function registryOf(names: readonly string[]) {
  const asked: string[] = []
  const things: Pick<Things, 'list' | 'describe'> = {
    async list({ nextToken = '0', maxResults = 25 }: ThingsFilter) {
      asked.push(`ListThings ${nextToken}`)
      const start = Number(nextToken)
      const end = start + maxResults
      return { things: names.slice(start, end).map(thing), ...(end < names.length && { nextToken: String(end) }) }
    },
    async describe(thingName) {
      asked.push(`DescribeThing ${thingName}`)
      if (names.includes(thingName)) return { ...thing(thingName), principals: [], thingGroupNames: [] }
      throw Object.assign(new Error('not found'), { name: 'ResourceNotFoundException' })
    },
  }
  return { things, asked }
}

const NAMES = ['pump-2', 'lamp-1', 'Pump-1', 'main-pump']

test.each<[filter: RegistryFilter, names: string[]]>([
  [{ nameContains: 'pump' }, ['Pump-1', 'main-pump', 'pump-2']],
  [{ nameContains: 'MP-1' }, ['Pump-1', 'lamp-1']],
  [{ namePrefix: 'pump' }, ['Pump-1', 'pump-2']],
  [{ name: 'pump-2' }, ['pump-2']],
  [{ name: 'nobody' }, []],
  [{ name: 'pump-2', thingTypeName: 'lamp' }, []],
  [{ nameContains: '1', thingTypeName: 'lamp' }, ['lamp-1']],
  [{ nameContains: 'mp', attributes: [{ name: 'site', operator: '=', value: 'hall-1' }] }, ['Pump-1', 'lamp-1']],
  [{ attributes: [{ name: 'site', operator: '^', value: 'hall' }], nameContains: 'main' }, ['main-pump']],
])('%j finds %j', async (filter, names) => {
  const page = await createRegistrySearch(registryOf(NAMES).things).search(filter, {})
  expect(page).toEqual({ things: names.map(thing) })
})

test('of a large registry the first 2,000 are looked through, and that is said; a whole name is found anywhere', async () => {
  const names = Array.from({ length: 5_000 }, (_, n) => `thing-${String(n).padStart(4, '0')}`)
  const { things, asked } = registryOf(names)
  const registry = createRegistrySearch(things)
  const byPart = await registry.search({ nameContains: '99' }, { maxResults: 250 })
  expect(byPart.onlyFirst).toBe(2_000)
  expect(byPart.things.at(-1)?.thingName).toBe('thing-1999')
  expect(asked.filter((each) => each.startsWith('List'))).toHaveLength(8)
  expect(await registry.search({ nameContains: 'thing-4321' }, {})).toEqual({
    things: [thing('thing-4321')],
    onlyFirst: 2_000,
  })
})

test('searches share one reading, for ten seconds after it', async () => {
  let nowMs = 0
  const { things, asked } = registryOf(NAMES)
  const registry = createRegistrySearch(things, () => nowMs)
  const readings = () => asked.filter((each) => each.startsWith('List')).length
  await Promise.all(['p', 'pu', 'pum'].map((nameContains) => registry.search({ nameContains }, {})))
  nowMs = 9_999
  await registry.search({ nameContains: 'pump' }, {})
  expect(readings()).toBe(1)
  nowMs = 10_000
  await registry.search({ nameContains: 'pump' }, {})
  expect(readings()).toBe(2)
})

test('a reading that failed is not kept', async () => {
  const { things } = registryOf(NAMES)
  let isUp = false
  const list = (filter: ThingsFilter) => (isUp ? things.list(filter) : Promise.reject(new Error('throttled')))
  const registry = createRegistrySearch({ ...things, list })
  await expect(registry.search({ nameContains: 'lamp' }, {})).rejects.toThrow('throttled')
  isUp = true
  expect((await registry.search({ nameContains: 'lamp' }, {})).things).toEqual([thing('lamp-1')])
})

test('pages go on behind the last name, whatever came or went', async () => {
  const registry = createRegistrySearch(registryOf(['c', 'a', 'd', 'b'].map((each) => `box-${each}`)).things)
  const first = await registry.search({ namePrefix: 'box' }, { maxResults: 3 })
  expect(first.things.map(({ thingName }) => thingName)).toEqual(['box-a', 'box-b', 'box-c'])
  const { nextToken = '' } = first
  expect(await registry.search({ namePrefix: 'box' }, { maxResults: 3, nextToken })).toEqual({
    things: [thing('box-d')],
  })
})
