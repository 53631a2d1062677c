import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { eachPage } from '../../shared/each-page.ts'
import { THINGS } from '../../shared/pickers/registry-keys.ts'
import { isThere } from '../../shared/things/new-thing.ts'

export const thingQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'thing', thingName],
    queryFn: ({ signal }) => api(endpoints.describeThing, { params: { thingName }, signal }),
    staleTime: 10_000, // ms
  })

/** A thing whole, in one request; what its parts are asked for by elsewhere is known with it. */
export const thingDetailsQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'details', thingName],
    queryFn: async ({ client, signal }) => {
      const details = await api(endpoints.inspectThing, { params: { thingName }, signal })
      const { connection, principals } = details
      if (connection.value) client.setQueryData(connectionQuery(thingName).queryKey, connection.value)
      for (const { certificate } of principals.value ?? []) {
        if (!certificate) continue
        client.setQueryData(certificateQuery(certificate.certificateId, thingName).queryKey, certificate)
      }
      return details
    },
    staleTime: 10_000, // ms
  })

/** Whether there is a thing of this name, for who types one. */
export const nameTakenQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'taken', thingName],
    queryFn: ({ signal }) => isThere(thingName, signal),
    staleTime: 5_000, // ms
    retry: false,
  })

export const connectionQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'connection', thingName],
    queryFn: ({ signal }) => api(endpoints.getThingConnection, { params: { thingName }, signal }),
    staleTime: 5_000, // ms
    refetchInterval: 60_000, // ms: events tell sooner, where the MQTT session is up
  })

/** Its connection in full, and how often it was lost. */
export const connectivityQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'connectivity', thingName],
    queryFn: ({ signal }) => api(endpoints.getThingConnectivity, { params: { thingName }, signal }),
    staleTime: 15_000, // ms
    refetchInterval: 60_000, // ms
  })

/** A certificate as the principal of a thing. */
export const certificateQuery = (certificateId: string, thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'certificate', certificateId, thingName],
    queryFn: ({ signal }) =>
      api(endpoints.describeCertificate, { params: { certificateId }, query: { thingName }, signal }),
    staleTime: 30_000, // ms
  })

/** The shadows that a thing has, for who deletes it. */
export const shadowsOfThingQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'shadows', thingName],
    queryFn: ({ signal }) => api(endpoints.listShadows, { params: { thingName }, signal }),
    retry: false,
  })

/** Of the broker's retained messages, so many pages are looked through. */
const MOST_RETAINED_PAGES = 5
const RETAINED_PAGE_SIZE = 200 // AWS IoT data plane, ListRetainedMessages

/** Topics with the thing's name as a level on which something is retained, as far as was looked. */
export const retainedOfThingQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'retained', thingName],
    queryFn: async ({ signal }) => {
      const topics: string[] = []
      const ask = (nextToken: string | undefined) => {
        const query = { contains: thingName, maxResults: RETAINED_PAGE_SIZE, nextToken }
        return api(endpoints.listRetainedMessages, { query, signal })
      }
      for await (const { retainedTopics, nextToken } of eachPage(ask, MOST_RETAINED_PAGES)) {
        topics.push(...retainedTopics.map(({ topic }) => topic).filter((topic) => hasLevel(topic, thingName)))
        if (nextToken === undefined) return { topics, isAll: true }
      }
      return { topics, isAll: false }
    },
    retry: false,
  })

const hasLevel = (topic: string, level: string) => topic.split('/').includes(level)
