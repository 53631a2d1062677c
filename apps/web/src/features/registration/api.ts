import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import {
  endpoints,
  MOST_NAMES_CHECKED,
  type RegistrationPartFindings,
  type RegistrationParts,
  type RegistrationReportType,
} from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { BULK_CHANGES } from '../../shared/bulk-changes/bulk-change-queries.ts'

/** Prefix of every key that this feature alone has. */
export const REGISTRATION = [...BULK_CHANGES, 'registration'] as const

const POLL_MS = 2_000
const PAGE = 500

/** All certificates that were made. */
export async function allCertificates(bulkChangeId: string) {
  const all: { readonly thingName: string; readonly certificateId: string; readonly certificatePem: string }[] = []
  for (let offset = 0; ; offset += PAGE) {
    const { certificates, total } = await api(endpoints.listBulkChangeCertificates, {
      params: { bulkChangeId },
      query: { offset, limit: PAGE },
    })
    all.push(...certificates)
    if (offset + PAGE >= total) return all
  }
}

/** Which names are taken, some at a time. */
export async function takenNames(
  thingNames: readonly string[],
  onChecked: (checked: number) => void,
): Promise<ReadonlySet<string>> {
  const taken = new Set<string>()
  for (let at = 0; at < thingNames.length; at += MOST_NAMES_CHECKED) {
    const some = thingNames.slice(at, at + MOST_NAMES_CHECKED)
    const found = await api(endpoints.findTakenThingNames, { body: { thingNames: some } })
    for (const name of found.takenNames) taken.add(name)
    onChecked(at + some.length)
  }
  return taken
}

export const checkParts = async (parts: RegistrationParts): Promise<RegistrationPartFindings['findings']> =>
  (await api(endpoints.checkRegistrationParts, { body: parts })).findings

export const taskQuery = (taskId: string) =>
  queryOptions({
    queryKey: [...REGISTRATION, 'task', taskId],
    queryFn: ({ signal }) => api(endpoints.describeRegistrationTask, { params: { taskId }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.status === 'InProgress' || state.data?.status === 'Cancelling' ? POLL_MS : false,
  })

export const taskPagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...REGISTRATION, 'tasks', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listRegistrationTasks, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
  })

export const reportQuery = (taskId: string, reportType: RegistrationReportType, isEnded: boolean) =>
  queryOptions({
    queryKey: [...REGISTRATION, 'report', taskId, reportType],
    queryFn: ({ signal }) =>
      api(endpoints.readRegistrationReport, { params: { taskId }, query: { reportType }, signal }),
    enabled: isEnded,
  })
