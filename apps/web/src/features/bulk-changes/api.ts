import { type BulkChangeRequest, type BulkChangeResult, type BulkChangeTargets, endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

/** The most that the server gives at once. */
const REPORT_PAGE = 500

/** All results, for a report. */
export async function allResults(bulkChangeId: string): Promise<BulkChangeResult[]> {
  const all: BulkChangeResult[] = []
  for (;;) {
    const query = { offset: all.length, limit: REPORT_PAGE }
    const { results, total } = await api(endpoints.listBulkChangeResults, { params: { bulkChangeId }, query })
    all.push(...results)
    if (results.length === 0 || all.length >= total) return all
  }
}

export const previewBulkChange = (targets: BulkChangeTargets) => api(endpoints.previewBulkChange, { body: { targets } })
export const startBulkChange = (request: BulkChangeRequest) => api(endpoints.startBulkChange, { body: request })

const of = (bulkChangeId: string) => ({ params: { bulkChangeId } })
export const pauseBulkChange = (bulkChangeId: string) => api(endpoints.pauseBulkChange, of(bulkChangeId))
export const resumeBulkChange = (bulkChangeId: string) => api(endpoints.resumeBulkChange, of(bulkChangeId))
export const cancelBulkChange = (bulkChangeId: string) => api(endpoints.cancelBulkChange, of(bulkChangeId))
export const applyBulkChange = (bulkChangeId: string) => api(endpoints.applyBulkChange, of(bulkChangeId))
export const retryBulkChange = (bulkChangeId: string) => api(endpoints.retryBulkChange, of(bulkChangeId))
export const undoBulkChange = (bulkChangeId: string, dryRun: boolean) =>
  api(endpoints.undoBulkChange, { ...of(bulkChangeId), body: { dryRun } })
