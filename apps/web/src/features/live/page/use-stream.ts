import { useLayoutEffect, useMemo } from 'react'
import type { SubscriptionRequest } from '../../../shared/mqtt/message.ts'
import { useLiveClient } from './client.ts'
import { useListPreferences } from './list/use-list-preferences.ts'
import { parseSubscriptions, type ShownSubscription, toRequests, withMarks } from './subscriptions/subscription-list.ts'

const MAX_ROWS = 1_000_000
const MEGABYTE = 1_024 * 1_024

/** The subscriptions that the URL names, else the defaults. */
export function useSubscriptions(
  values: readonly string[] | undefined,
  defaults: readonly SubscriptionRequest[],
): readonly ShownSubscription[] {
  const key = values?.join('\n')
  return useMemo(() => (key === undefined ? withMarks(defaults) : parseSubscriptions(key.split('\n'))), [key, defaults])
}

/** Tells the worker what the stream is to hold and show, before anything asks for it. */
export function useConfiguredStream(
  stream: string,
  subscriptions: readonly ShownSubscription[],
  filterText: string,
): void {
  const client = useLiveClient()
  const { maxMegabytes, sequencePath } = useListPreferences()[0]
  // A layout effect, because those of the page come before the effects in which its parts begin to ask.
  useLayoutEffect(() => {
    void client.call('live.configure', {
      stream,
      subscriptions: toRequests(subscriptions),
      filterText,
      budget: { maxBytes: maxMegabytes * MEGABYTE, maxRows: MAX_ROWS },
      sequencePath,
    })
  }, [client, stream, subscriptions, filterText, maxMegabytes, sequencePath])
}
