import { queryOptions } from '@tanstack/react-query'
import { type IotLogPage, MOST_IOT_LOG_ENTRIES } from '@thingdeck/contract'
import { serverNow } from '../../../shared/clock/server-clock.ts'
import { IOT_LOGS, readIotLogs } from '../../../shared/iot-logs/iot-log-queries.ts'
import { rangeOf, type TimeRange } from '../../../shared/time-range.ts'
import { provisioningFacts } from './provisioning-failure.ts'

/** What is looked at where no range is said. */
export const USUAL = '24h'

/** So many claims are looked up in the log: each is a search of its own. */
export const MOST_CLAIMS_LOOKED_UP = 10

/** Entries that came, the newest first, and whether there are older ones in the range. */
export interface ProvisionedLately extends Pick<IotLogPage, 'outcome' | 'message' | 'entries'> {
  readonly hasMore: boolean
}

/**
 * What was provisioned, and what was refused on the way: entries of provisioning itself, of topics of the template that a
 * policy refused, and of claims that were not let in.
 * @param templateName undefined: of all
 * @param claimIds whose refused connections count, too
 */
export const provisionedQuery = (templateName: string | undefined, claimIds: readonly string[], range: TimeRange) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'provisioned', templateName ?? '', claimIds, range],
    queryFn: async ({ signal }): Promise<ProvisionedLately> => {
      const { fromMs, toMs } = rangeOf(range, serverNow(), USUAL)
      const span = {
        from: new Date(fromMs).toISOString(),
        to: new Date(toMs).toISOString(),
        maxResults: MOST_IOT_LOG_ENTRIES,
      }
      const topics = [
        `$aws/provisioning-templates/${templateName ?? '+'}/provision/#`,
        '$aws/certificates/create/#',
        '$aws/certificates/create-from-csr/#',
      ]
      const pages = await Promise.all([
        readIotLogs({ ...span, eventTypes: ['ProvisionDevice'] }, signal),
        ...topics.map((topic) => readIotLogs({ ...span, topic, status: 'Failure' }, signal)),
        ...claimIds
          .slice(0, MOST_CLAIMS_LOOKED_UP)
          .map((principalId) =>
            readIotLogs(
              { ...span, principalId, eventTypes: ['Connect', 'Connection.AuthNError'], status: 'Failure' },
              signal,
            ),
          ),
      ])
      const [first] = pages
      const all = new Map(pages.flatMap(({ entries }) => entries.map((entry) => [entry.eventId, entry] as const)))
      const entries = [...all.values()]
        .filter((entry) => {
          const of = provisioningFacts(entry).templateName
          if (templateName === undefined || of === templateName) return true
          // Certificates are asked for before it is known by which template: those of its claims are meant.
          return of === undefined && entry.principalId !== undefined && claimIds.includes(entry.principalId)
        })
        .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
      return {
        outcome: first?.outcome ?? 'entries',
        ...(first?.message !== undefined && { message: first.message }),
        entries,
        hasMore: pages.some(({ nextToken }) => nextToken !== undefined),
      }
    },
    staleTime: 5_000, // ms
    refetchInterval: 15_000, // ms
    // Claims are found one after the other: what is shown stays meanwhile.
    placeholderData: (before, query) => (query?.queryKey[2] === (templateName ?? '') ? before : undefined),
    retry: false,
  })
