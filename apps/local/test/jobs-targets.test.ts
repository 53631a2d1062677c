import { expect, test } from 'vitest'
import { Targets } from '../src/services/jobs/targets.ts'
import { registryService } from '../src/services/registry/index.ts'
import { registryFixture } from './support/registry.ts'

/** A dynamic group, and how jobs read it. */
function dynamicGroup(thingNames: readonly string[], queryString: string) {
  const { iot, context, tags } = registryFixture()
  iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } })
  for (const thingName of thingNames) iot.CreateThing({ thingName })
  iot.CreateDynamicThingGroup({ thingGroupName: 'found', queryString })
  const after = () => () => undefined
  const registry = registryService(context, { tags, principalExists: () => false, after })
  const { directory: things, answers: registryAnswers } = registry
  return { iot, targets: new Targets({ account: context.account, things, registryAnswers }) }
}

/** All pages of the group, from a token on. */
function pagesOf(targets: Targets, first?: string): readonly (readonly string[])[] {
  const { things, token } = targets.page('found', first)
  return token === undefined ? [things] : [things, ...pagesOf(targets, token)]
}

const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(3, '0')}`)

test('a dynamic group is read in pages of a few things, each once', () => {
  const names = numbered('pump', 100)
  const pages = pagesOf(dynamicGroup(names, 'thingName:pump*').targets)
  expect(pages.flat()).toEqual(names)
  expect(pages.length).toBeGreaterThan(3)
})

test('where few things match, a page ends after some that do not', () => {
  const { targets } = dynamicGroup([...numbered('a', 600), 'last'], 'NOT thingName:a*')
  const pages = pagesOf(targets)
  expect(pages[0]).toEqual([])
  expect(pages.flat()).toEqual(['last'])
})

test('a group whose query was changed while it was read is read anew', () => {
  const { iot, targets } = dynamicGroup([...numbered('pump', 100), 'valve'], 'thingName:pump*')
  const { token } = targets.page('found', undefined)
  iot.UpdateDynamicThingGroup({ thingGroupName: 'found', thingGroupProperties: {}, queryString: 'thingName:valve' })
  expect(pagesOf(targets, token).flat()).toEqual(['valve'])
})
