import * as iot from '@aws-sdk/client-iot'
import type { Area, Check } from '../check.ts'

/** What is the account's is looked at, and never changed. */
const readings: Check = {
  id: 'readings',
  does: 'Endpoints and types of events',
  async run({ iot: client, refused }) {
    const { eventConfigurations = {} } = await client.send(new iot.DescribeEventConfigurationsCommand({}))
    const endpoint = async (endpointType: string) => {
      const answer = await client.send(new iot.DescribeEndpointCommand({ endpointType }))
      return answer.endpointAddress !== undefined
    }
    return {
      'event types': Object.keys(eventConfigurations).toSorted(),
      endpoints: [await endpoint('iot:Data-ATS'), await endpoint('iot:CredentialProvider')],
      'an endpoint that is none': await refused(
        client.send(new iot.DescribeEndpointCommand({ endpointType: 'iot:Job' })),
      ),
    }
  },
}

export const settings: Area = { name: 'settings', checks: [readings] }
