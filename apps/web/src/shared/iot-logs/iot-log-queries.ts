import { queryOptions } from '@tanstack/react-query'
import { endpoints, type IotLogPage } from '@thingdeck/contract'
import { api } from '../api.ts'

/** Prefix of every key of AWS IoT's log entries. */
export const IOT_LOGS = ['iot-logs'] as const
/** Prefix of every key of how AWS IoT logs. */
export const LOGGING = ['logging'] as const

/** What entries have to be, as the API takes it; times are ISO 8601. */
export type IotLogQuery = NonNullable<Parameters<typeof api<typeof endpoints.listIotLogEntries>>[1]>['query']

export const readIotLogs = (query: IotLogQuery, signal?: AbortSignal): Promise<IotLogPage> =>
  api(endpoints.listIotLogEntries, { query, signal })

/** How AWS IoT is told to log. */
export const loggingQuery = queryOptions({
  queryKey: [...LOGGING, 'account'],
  queryFn: ({ signal }) => api(endpoints.describeLogging, { signal }),
  staleTime: 30_000, // ms
})

/** The clients that are logged at DEBUG for a while. */
export const clientDebugsQuery = queryOptions({
  queryKey: [...LOGGING, 'client-debugs'],
  queryFn: ({ signal }) => api(endpoints.listClientDebugs, { signal }),
  refetchInterval: 15_000, // ms
})
