import { expect, test } from 'vitest'
import { registryFixture } from '../../../test/support/registry.ts'
import { ThingSearchTable } from './thing-search-table.ts'
import { ThingTable } from './thing-table.ts'

test('a group without a list of its members has all things looked through, and so more than any other part', () => {
  const { iot, context } = registryFixture()
  iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } })
  iot.CreateDynamicThingGroup({ thingGroupName: 'warm', queryString: 'attributes.site:hall' })
  const attributePayload = { attributes: { site: 'hall' } }
  for (let index = 0; index < 500; index++) iot.CreateThing({ thingName: `pump-${index}`, attributePayload })
  const search = new ThingSearchTable(context.database, new ThingTable(context.database, context.account), {})
  const part = { by: 'attribute', attribute: 'site', text: 'h', isWhole: false } as const
  expect(search.fewest([[{ by: 'group', text: 'warm' }], [part]])).toBe(1)
})
