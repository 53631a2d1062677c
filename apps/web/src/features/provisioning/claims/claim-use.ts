import { queryOptions } from '@tanstack/react-query'
import { type IotLogEntry, type IotLogPage, MOST_IOT_LOG_ENTRIES } from '@thingdeck/contract'
import { serverNow } from '../../../shared/clock/server-clock.ts'
import { IOT_LOGS, readIotLogs } from '../../../shared/iot-logs/iot-log-queries.ts'
import { SPAN_MS } from '../../../shared/time-range.ts'

/** How a claim was used in the last seven days, by AWS IoT's log. */
export interface ClaimUse {
  readonly outcome: IotLogPage['outcome']
  /** Devices that were provisioned. */
  readonly provisioned: number
  /** Requests and connections that were refused. */
  readonly refused: number
  readonly connections: number
  readonly lastAt: string | undefined
  /** Addresses, the last first. */
  readonly sources: readonly string[]
  /** There is more than was read: the numbers are at least these. */
  readonly isMore: boolean
}

export const claimUseQuery = (certificateId: string) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'claim', certificateId],
    queryFn: async ({ signal }): Promise<ClaimUse> => {
      const nowMs = serverNow()
      const page = await readIotLogs(
        {
          principalId: certificateId,
          eventTypes: ['Connect', 'Connection.AuthNError', 'ProvisionDevice', 'Publish-In', 'Subscribe'],
          from: new Date(nowMs - SPAN_MS['7d']).toISOString(),
          to: new Date(nowMs).toISOString(),
          maxResults: MOST_IOT_LOG_ENTRIES,
        },
        signal,
      )
      return { ...useOf(page.entries), outcome: page.outcome, isMore: page.nextToken !== undefined }
    },
    staleTime: 10_000, // ms
    refetchInterval: 30_000, // ms
    retry: false,
  })

/** @param entries the newest first */
export function useOf(entries: readonly IotLogEntry[]): Omit<ClaimUse, 'outcome' | 'isMore'> {
  const count = (test: (entry: IotLogEntry) => boolean) => entries.filter(test).length
  return {
    provisioned: count(({ eventType, status }) => eventType === 'ProvisionDevice' && status === 'Success'),
    refused: count(({ status }) => status === 'Failure'),
    connections: count(({ eventType, status }) => eventType === 'Connect' && status === 'Success'),
    lastAt: entries[0]?.at,
    sources: [...new Set(entries.flatMap(({ sourceIp }) => sourceIp ?? []))],
  }
}
