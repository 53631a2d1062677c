import {
  DescribeIndexCommand,
  GetIndexingConfigurationCommand,
  GetStatisticsCommand,
  type IndexStatus,
  type IoTClient,
} from '@aws-sdk/client-iot'
import { expect, test } from 'vitest'
import type { Aws } from '../../aws/aws.ts'
import { Pace } from '../../aws/pace.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { countTargets } from './target-count.ts'

const indexIs = (indexStatus: IndexStatus): Pick<Aws, 'iot' | 'data' | 'things'> => {
  const send = async (command: object) => {
    if (command instanceof DescribeIndexCommand) return { indexStatus }
    if (command instanceof GetIndexingConfigurationCommand)
      return { thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY', thingConnectivityIndexingMode: 'STATUS' } }
    if (command instanceof GetStatisticsCommand)
      return { statistics: { count: command.input.queryString?.includes('connected') ? 2 : 5 } }
    return { things: [{ thingName: 'pump-7' }] }
  }
  // Of all that there is of AWS, these four are asked.
  return { iot: { send } as unknown as IoTClient } as Pick<Aws, 'iot' | 'data' | 'things'>
}

test.each([
  ['ACTIVE', { connected: 2 }],
  ['REBUILDING', {}], // it may be from before it was told to know connections
] as const)('of an index that is %s it is told how many are connected: %j', async (status, connected) => {
  const counted = await countTargets(indexIs(status), new Pace(SYSTEM_CLOCK, 100), { query: 'thingName:*' })
  expect(counted).toEqual({
    count: 5,
    isAtLeast: false,
    sample: ['pump-7'],
    missing: [],
    toldBy: 'index',
    ...connected,
  })
})
