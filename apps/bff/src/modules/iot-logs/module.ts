import type { IoTClient } from '@aws-sdk/client-iot'
import { endpoints, IOT_LOG_GROUP } from '@thingdeck/contract'
import { readLoggingOptions } from '../../aws/iot-logs/logging-options.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { Module } from '../module.ts'

const PAGE_SIZE = 50

/** What else is logged in the account is none of what people sign in here for. @throws {Problem} BAD_REQUEST */
async function checkIsOfIot(iot: IoTClient, logGroupName: string): Promise<void> {
  const read = await readLoggingOptions(iot, { verbose: true })
  const events = read.kind === 'configured' ? (read.options.eventConfigurations ?? []) : []
  if (events.some(({ logDestination }) => logDestination === logGroupName)) return
  throw new Problem('BAD_REQUEST', `${logGroupName}: no event type of AWS IoT is logged to a group of this name.`)
}

/** AWS IoT's log entries. */
export const iotLogs: Module = {
  name: 'iot-logs',
  routes(app, { aws }) {
    route(app, endpoints.listIotLogEntries, async (request) => {
      const { from, to, order, logGroupName, maxResults = PAGE_SIZE, nextToken, ...criteria } = request.query
      const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
      if (fromMs > toMs) throw new Problem('BAD_REQUEST', 'from is later than to.')
      if (logGroupName !== undefined && logGroupName !== IOT_LOG_GROUP) await checkIsOfIot(aws.iot, logGroupName)
      return await aws.iotLogs.read(
        {
          criteria,
          fromMs,
          toMs,
          limit: maxResults,
          ...(order && { order }),
          ...(logGroupName && { logGroupName }),
          ...(nextToken && { nextToken }),
        },
        request.signal,
      )
    })
  },
}
