import * as iot from '@aws-sdk/client-iot'
import type { Area, Check } from '../check.ts'
import type { RunContext } from '../context.ts'

/** The run turns no index on: it is the account's, and costs. */
async function lacksIndex({ iot: client }: RunContext): Promise<string | undefined> {
  const { thingIndexingConfiguration } = await client.send(new iot.GetIndexingConfigurationCommand({}))
  const mode = thingIndexingConfiguration?.thingIndexingMode
  return mode === 'REGISTRY' || mode === 'REGISTRY_AND_SHADOW' ? undefined : 'The account does not index its things'
}

const searches: Check = {
  id: 'searches',
  does: 'What queries find among four things: terms, ranges, wildcards, negation, and counts',
  lacks: lacksIndex,
  async run({ iot: client, name, until }) {
    const mark = name('mark')
    const things: readonly (readonly [suffix: string, attributes: Record<string, string>])[] = [
      ['pump-1', { line: '7', site: 'north', mark }],
      ['pump-2', { line: '8', site: 'south', mark }],
      ['lamp-1', { line: '9', mark }],
      ['lamp-10', { site: 'northwest', mark }],
    ]
    for (const [suffix, attributes] of things) {
      await client.send(new iot.CreateThingCommand({ thingName: name(suffix), attributePayload: { attributes } }))
    }
    const ours = `attributes.mark:${mark}`
    const search = async (queryString: string) => {
      const found = await client.send(new iot.SearchIndexCommand({ queryString }))
      return (found.things ?? []).map(({ thingName }) => thingName).toSorted()
    }
    await until('four things are indexed', async () => ((await search(ours)).length === 4 ? true : undefined))
    const queries = {
      'a name': `thingName:${name('pump-1')}`,
      'a wildcard': `thingName:${name('pump-')}*`,
      'a question mark': `thingName:${name('lamp-')}?`,
      'in the middle': `thingName:${name('')}*1`,
      and: `${ours} AND attributes.site:north`,
      not: `${ours} AND NOT attributes.site:*`,
      or: `${ours} AND (attributes.site:south OR attributes.line:9)`,
      'a range of numbers': `${ours} AND attributes.line > 7`,
      'a closed range': `${ours} AND attributes.line:[7 TO 8]`,
      'a phrase': `${ours} AND attributes.site:"northwest"`,
      'beginning alike': `${ours} AND attributes.site:north*`,
    }
    const observed: Record<string, unknown> = {}
    for (const [what, query] of Object.entries(queries)) observed[what] = await search(query)
    const { statistics } = await client.send(
      new iot.GetStatisticsCommand({ queryString: ours, aggregationField: 'registry.version' }),
    )
    const { count, sum, minimum, maximum } = statistics ?? {}
    return { ...observed, statistics: { count, sum, minimum, maximum } }
  },
}

const queries: Check = {
  id: 'queries',
  does: 'Queries that AWS cannot read, in its words',
  lacks: lacksIndex,
  async run({ iot: client, refused }) {
    const search = (queryString: string) => refused(client.send(new iot.SearchIndexCommand({ queryString })))
    const terms = Array.from({ length: 13 }, (_, index) => `thingName:a${index}`)
    return {
      'a field that is not there': await search('nofield:1'),
      'no syntax': await search('thingName:a AND'),
      'thirteen terms': await search(terms.join(' OR ')),
      'a plus': await search('+thingName:a'),
      fuzzy: await search('thingName:a~1'),
      'a regular expression': await search('thingName:/a.*/'),
      'a boost': await search('thingName:a^2'),
      'three wildcards': await search('thingName:a*b*c*'),
      'a question mark in front': await search('thingName:?a'),
      'another version': await refused(
        client.send(new iot.SearchIndexCommand({ queryString: 'thingName:a', queryVersion: '2016-01-01' })),
      ),
      'a token that is none': await refused(
        client.send(new iot.SearchIndexCommand({ queryString: 'thingName:a', nextToken: 'none' })),
      ),
      'another index': await refused(client.send(new iot.DescribeIndexCommand({ indexName: 'none' }))),
    }
  },
}

const dynamicGroups: Check = {
  id: 'dynamic-groups',
  does: 'A dynamic thing group fills itself, takes no things by hand, and follows its query',
  lacks: lacksIndex,
  async run({ iot: client, name, refused, until }) {
    const thingName = name('pump')
    const thingGroupName = name('line7')
    await client.send(
      new iot.CreateThingCommand({ thingName, attributePayload: { attributes: { line: '7', mark: name('mark') } } }),
    )
    const queryString = `attributes.line:7 AND attributes.mark:${name('mark')}`
    const created = await client.send(new iot.CreateDynamicThingGroupCommand({ thingGroupName, queryString }))
    const members = await until('the thing is in the group', async () => {
      const { things = [] } = await client.send(new iot.ListThingsInThingGroupCommand({ thingGroupName }))
      return things.length > 0 ? things : undefined
    })
    const described = await until('the group is active', async () => {
      const found = await client.send(new iot.DescribeThingGroupCommand({ thingGroupName }))
      return found.status === 'ACTIVE' ? found : undefined
    })
    const byHand = await refused(client.send(new iot.AddThingToThingGroupCommand({ thingGroupName, thingName })))
    const asStatic = await refused(client.send(new iot.DeleteThingGroupCommand({ thingGroupName })))
    await client.send(
      new iot.UpdateThingCommand({ thingName, attributePayload: { attributes: { line: '8' }, merge: true } }),
    )
    await until('the thing left the group', async () => {
      const { things = [] } = await client.send(new iot.ListThingsInThingGroupCommand({ thingGroupName }))
      return things.length === 0 ? true : undefined
    })
    return {
      created: [created.thingGroupArn, created.indexName, created.queryString, created.queryVersion],
      ...{ members, byHand, asStatic },
      described: [described.queryString, described.status],
    }
  },
}

const fields: Check = {
  id: 'fields',
  does: 'The fields of the registry that the index manages',
  lacks: lacksIndex,
  async run({ iot: client }) {
    const { thingIndexingConfiguration } = await client.send(new iot.GetIndexingConfigurationCommand({}))
    const managed = thingIndexingConfiguration?.managedFields?.map(({ name, type }) => `${name}: ${type}`) ?? []
    // What else is managed depends on what else the account indexes.
    return { managed: managed.filter((field) => /^(?:registry|thing)/.test(field)).toSorted() }
  },
}

export const indexing: Area = { name: 'indexing', checks: [fields, searches, queries, dynamicGroups] }
