import { validateTopicFilter } from '@thingdeck/topics'
import type { SubscriptionRequest } from '../../shared/mqtt/message.ts'

/** AWS IoT Core's limit for one connection (quotas: subscriptions per connection). */
export const MAX_SUBSCRIPTIONS = 50

/** What stands in the URL for no subscription at all, where there would be others by default. */
const NONE = '-'

/** `['1:dt/#']` → `[{ filter: 'dt/#', qos: 1 }]`; what is no valid topic filter is left out. */
export function parseSubscriptions(values: readonly string[]): readonly SubscriptionRequest[] {
  const requests = new Map<string, SubscriptionRequest>()
  for (const value of values) {
    const [, qos, filter] = /^([01]):(.+)$/s.exec(value) ?? []
    if (filter === undefined || validateTopicFilter(filter)) continue
    requests.set(filter, { filter, qos: qos === '1' ? 1 : 0 })
  }
  return [...requests.values()].slice(0, MAX_SUBSCRIPTIONS)
}

export function formatSubscriptions(requests: readonly SubscriptionRequest[]): readonly string[] {
  return requests.length === 0 ? [NONE] : requests.map(({ filter, qos }) => `${qos}:${filter}`)
}

/** Why this filter cannot be added, in words; undefined when it can. */
export function whyNotSubscribe(filter: string, present: readonly SubscriptionRequest[]): string | undefined {
  const problem = validateTopicFilter(filter)
  if (problem) return `${problem.message}.`
  if (present.some((each) => each.filter === filter)) return 'You are subscribed to this filter already.'
  if (present.length >= MAX_SUBSCRIPTIONS) return `One connection holds at most ${MAX_SUBSCRIPTIONS} subscriptions.`
  return undefined
}

/** What is good to know about a valid filter. */
export function noteOn(filter: string): string | undefined {
  if (filter === '#' || filter.startsWith('+')) {
    return 'A filter that begins with a wildcard does not match topics that begin with $, such as $aws/events/…'
  }
  return undefined
}

/** Where a thing's own messages are: telemetry by AWS's topic design advice, its shadows, its coming and going. */
export function thingSubscriptions(thingName: string): readonly SubscriptionRequest[] {
  return [
    { filter: `dt/+/${thingName}/#`, qos: 0 },
    { filter: `$aws/things/${thingName}/shadow/#`, qos: 0 },
    { filter: `$aws/events/presence/+/${thingName}`, qos: 0 },
  ]
}
