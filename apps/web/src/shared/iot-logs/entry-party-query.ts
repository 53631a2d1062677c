import { queryOptions } from '@tanstack/react-query'
import { endpoints, type IotLogEntry } from '@thingdeck/contract'
import { api } from '../api.ts'
import { IOT_LOGS } from './iot-log-queries.ts'

/** The things behind an entry: that of its client, or of the certificate that was shown. A client need not be one. */
export const entryPartyQuery = ({ eventType = 'Text', clientId, principalId }: IotLogEntry) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'party', clientId, principalId],
    queryFn: ({ signal }) => api(endpoints.describeRefusal, { query: { eventType, clientId, principalId }, signal }),
    enabled: clientId !== undefined || principalId !== undefined,
    staleTime: 60_000, // ms
    retry: false,
  })
