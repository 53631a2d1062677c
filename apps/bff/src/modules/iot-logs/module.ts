import { endpoints } from '@thingdeck/contract'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { Module } from '../module.ts'

const PAGE_SIZE = 50

/** AWS IoT's log entries. */
export const iotLogs: Module = {
  name: 'iot-logs',
  routes(app, { aws }) {
    route(app, endpoints.listIotLogEntries, async (request) => {
      const { from, to, order, logGroupName, maxResults = PAGE_SIZE, nextToken, ...criteria } = request.query
      const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
      if (fromMs > toMs) throw new Problem('BAD_REQUEST', 'from is later than to.')
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
