import { covers, maySubscribe, parseSharedSubscription, validateTopicFilter } from '@thingdeck/topics'
import type { SubscriptionRequest } from '../../../../shared/mqtt/message.ts'
import { paths } from '../../../../shared/paths.ts'

/** Why this filter cannot be added, in words; undefined when it can. */
export function whyNotSubscribe(filter: string, present: readonly SubscriptionRequest[]): string | undefined {
  const problem = validateTopicFilter(filter)
  if (problem) return `${problem.message}.`
  if (present.some((each) => each.filter === filter)) return 'You are subscribed to this filter already.'
  if (!maySubscribe(filter)) {
    return 'AWS IoT Core sends nothing to clients on this reserved topic, and may close the connection that asks for it.'
  }
  return undefined
}

/** What is good to know about a valid filter, and what could be added to get what it leaves out. */
export interface FilterAdvice {
  readonly text: string
  readonly offers: readonly string[]
  /** A page that shows what the filter leaves out. */
  readonly page?: { readonly href: string; readonly text: string }
}

/** Reserved topics worth a look that no filter with a leading wildcard reaches. */
const RESERVED_OFFERS = ['$aws/events/#', '$aws/things/+/shadow/#']

export function adviceOn(filter: string, present: readonly SubscriptionRequest[]): FilterAdvice | undefined {
  const shared = sharedPart(filter)
  const inner = shared?.topicFilter ?? filter
  if (/^[#+]/.test(inner)) {
    const offers = RESERVED_OFFERS.filter((offer) => !present.some((each) => covers(each.filter, offer)))
    return {
      text: `${inner} does not reach topics that begin with $, such as $aws/events/… and shadows.`,
      offers: shared ? [] : offers,
    }
  }
  if (shared) {
    return {
      text: `The members of “${shared.shareName}” share these messages, so you see only some of them, and none that are retained.`,
      offers: [],
    }
  }
  const wider = present.find((each) => covers(each.filter, filter))
  if (wider) return { text: `${wider.filter} takes in everything that this matches.`, offers: [] }
  if (/[#+]/.test(filter)) {
    return {
      text: 'AWS IoT Core sends retained messages only for a filter without wildcards.',
      offers: [],
      page: {
        href: paths.retainedMessages({ prefix: /^[^#+]*/.exec(filter)?.[0] ?? '' }),
        text: 'See what is retained',
      },
    }
  }
  return undefined
}

function sharedPart(filter: string) {
  try {
    return parseSharedSubscription(filter)
  } catch {
    return undefined // said by `whyNotSubscribe`
  }
}
