import { queryOptions } from '@tanstack/react-query'
import type { Certificate, ThingConnection, ThingDetail } from '@thingdeck/contract'
import { http } from '../../shared/http.ts'

/** Prefix of every key of this feature: one call refreshes them all. */
export const THINGS = ['things'] as const

export const thingPath = (thingName: string) => `/api/things/${encodeURIComponent(thingName)}`

export const thingQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'thing', thingName],
    queryFn: ({ signal }) => http.get<ThingDetail>(thingPath(thingName), { signal }),
    staleTime: 10_000, // ms
  })

export const connectionQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'connection', thingName],
    queryFn: ({ signal }) => http.get<ThingConnection>(`${thingPath(thingName)}/connection`, { signal }),
    staleTime: 5_000, // ms
    refetchInterval: 60_000, // ms: events tell sooner, where the MQTT session is up
  })

/** A certificate as the principal of a thing. */
export const certificateQuery = (certificateId: string, thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'certificate', certificateId, thingName],
    queryFn: ({ signal }) =>
      http.get<Certificate>(`/api/certificates/${certificateId}`, { query: { thingName }, signal }),
    staleTime: 30_000, // ms
  })
