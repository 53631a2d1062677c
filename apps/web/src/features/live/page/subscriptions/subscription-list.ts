import { validateTopicFilter } from '@thingdeck/topics'
import type { SubscriptionRequest } from '../../../../shared/mqtt/message.ts'
import type { StreamSubscriptionRequest } from '../../protocol/stream.ts'

/** How many colours there are: see `series.css`. */
const COLOURS = 8

/** A subscription as the page shows it. */
export interface ShownSubscription extends StreamSubscriptionRequest {
  /** Number from 0, which it keeps while others come and go: its mark in the list, and its colour. */
  readonly mark: number
}

/** What stands in the URL for no subscription at all, where there would be others by default. */
const NONE = '-'
const VALUE = /^([01])(m?)(?:\.(\d{1,3}))?:(.+)$/s

/**
 * `['1:dt/#', '0m.4:cmd/#']` → `dt/#` at QoS 1 with mark 0, and `cmd/#` at QoS 0, muted, with mark 4. A mark is written
 * only where it is not the place in the list. What is no valid topic filter is left out.
 */
export function parseSubscriptions(values: readonly string[]): readonly ShownSubscription[] {
  const byFilter = new Map<string, Omit<ShownSubscription, 'mark'> & { readonly mark: number | undefined }>()
  for (const value of values) {
    const [, qos, muted, mark, filter] = VALUE.exec(value) ?? []
    if (filter === undefined || validateTopicFilter(filter)) continue
    byFilter.set(filter, {
      filter,
      qos: qos === '1' ? 1 : 0,
      ...(muted === 'm' ? { muted: true } : {}),
      mark: mark === undefined ? undefined : Number(mark),
    })
  }
  const taken = new Set<number>()
  return [...byFilter.values()].map(({ mark, ...rest }, index) => {
    const free = mark !== undefined && !taken.has(mark) ? mark : freeMark(taken, index)
    taken.add(free)
    return { ...rest, mark: free }
  })
}

export function formatSubscriptions(subscriptions: readonly ShownSubscription[]): readonly string[] {
  if (subscriptions.length === 0) return [NONE]
  return subscriptions.map(
    ({ filter, qos, muted, mark }, index) => `${qos}${muted ? 'm' : ''}${mark === index ? '' : `.${mark}`}:${filter}`,
  )
}

/** With one more at the end, which takes the lowest mark that is free; the same when the filter is there already. */
export function addSubscription(
  subscriptions: readonly ShownSubscription[],
  { filter, qos }: SubscriptionRequest,
): readonly ShownSubscription[] {
  if (subscriptions.some((each) => each.filter === filter)) return subscriptions
  const taken = new Set(subscriptions.map(({ mark }) => mark))
  return [...subscriptions, { filter, qos, mark: freeMark(taken, 0) }]
}

/** The same, each with its mark. */
export function withMarks(requests: readonly StreamSubscriptionRequest[]): readonly ShownSubscription[] {
  return requests.map((request, index) => ({ ...request, mark: index }))
}

/** What the worker is told. */
export function toRequests(subscriptions: readonly ShownSubscription[]): readonly StreamSubscriptionRequest[] {
  return subscriptions.map(({ mark: _, ...request }) => request)
}

/** Number of the colour in the style sheet. */
export const colourOf = (mark: number): number => mark % COLOURS

/** `1`, `2` …: what stands beside the colour, which alone would not tell everyone apart. */
export const labelOf = (mark: number): string => String(mark + 1)

function freeMark(taken: ReadonlySet<number>, from: number): number {
  let mark = from
  while (taken.has(mark)) mark += 1
  return mark
}
