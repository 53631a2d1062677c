import { queryOptions, useQuery } from '@tanstack/react-query'
import { endpoints, THING_NAME_VARIABLE, type ThingTypeTopics } from '@thingdeck/contract'
import { validateTopicFilter } from '@thingdeck/topics'
import { api } from '../../../../shared/api.ts'
import type { SubscriptionRequest } from '../../../../shared/mqtt/message.ts'

/** Telemetry by AWS's advice on topic design (whitepaper "Designing MQTT Topics for AWS IoT Core"), until an admin says otherwise. */
export const USUAL_TOPICS = [`dt/+/${THING_NAME_VARIABLE}/#`]

const thingTopicsQuery = queryOptions({
  queryKey: ['thing topics'],
  queryFn: ({ signal }) => api(endpoints.listThingTopics, { signal }),
  staleTime: 60_000, // ms
})
export const THING_TOPICS_KEY = thingTopicsQuery.queryKey

const thingTypeQuery = (thingName: string) =>
  queryOptions({
    queryKey: ['thing topics', 'type of', thingName],
    queryFn: async ({ signal }) =>
      (await api(endpoints.describeThing, { params: { thingName }, signal })).thingTypeName ?? null,
    staleTime: 60_000, // ms
  })

/** Where a thing has its own messages, and who says so. */
export interface ThingTopics {
  /** With the variable in them. */
  readonly templates: readonly string[]
  /** Of which type; undefined: the thing has none, or it is not known. */
  readonly thingTypeName: string | undefined
  /** `type`: set for its type. `others`: set for all without their own. `usual`: nobody set any. `unknown`: not to be read. */
  readonly by: 'type' | 'others' | 'usual' | 'unknown'
}

/** Undefined while it is asked for. What cannot be read is not waited for: the usual topics are. */
export function useThingTopics(thingName: string): ThingTopics | undefined {
  const topics = useQuery(thingTopicsQuery)
  const type = useQuery(thingTypeQuery(thingName))
  if (topics.isPending || type.isPending) return undefined
  const thingTypeName = type.data ?? undefined
  if (topics.error) return { templates: USUAL_TOPICS, thingTypeName, by: 'unknown' }
  return topicsOf(topics.data.types, thingTypeName)
}

export function topicsOf(types: readonly ThingTypeTopics[], thingTypeName: string | undefined): ThingTopics {
  const own = thingTypeName === undefined ? undefined : types.find((type) => type.thingTypeName === thingTypeName)
  if (own) return { templates: own.topicFilters, thingTypeName, by: 'type' }
  const others = types.find((type) => type.thingTypeName === undefined)
  if (others) return { templates: others.topicFilters, thingTypeName, by: 'others' }
  return { templates: USUAL_TOPICS, thingTypeName, by: 'usual' }
}

/** The filters of a thing: its own topics, its shadows, its coming and going. */
export function thingSubscriptions(thingName: string, templates: readonly string[]): readonly SubscriptionRequest[] {
  const own = templates.map((template) => template.replaceAll(THING_NAME_VARIABLE, thingName))
  const all = [...own, `$aws/things/${thingName}/shadow/#`, `$aws/events/presence/+/${thingName}`]
  // A long name can make of a filter that is none a filter that is too long.
  return [...new Set(all)].filter((filter) => !validateTopicFilter(filter)).map((filter) => ({ filter, qos: 0 }))
}

/** Says whose word the topics are. */
export function wordsOf({ by, thingTypeName }: ThingTopics): string {
  switch (by) {
    case 'type':
      return `An admin set these topics for things of the type ${thingTypeName}.`
    case 'others':
      return 'An admin set these topics for things whose type has none of its own.'
    case 'usual':
      return 'These are the usual topics: nobody has said where things like this one have their messages.'
    case 'unknown':
      return 'These are the usual topics: whether others were set could not be read.'
  }
}
