import { endpoints, type ShadowWriteReport } from '@thingdeck/contract'
import { formatPath, stringifyJson } from '@thingdeck/json'
import { changedLeaves } from '@thingdeck/shadows'
import { api } from '../../shared/api.ts'
import { type Change, tokenOf } from './model/change.ts'
import type { ShadowKey } from './model/shadow-key.ts'

/** Tells the audit trail what was written. A report that fails undoes nothing; the server's own log has the rest. */
async function report(body: ShadowWriteReport): Promise<void> {
  try {
    await api(endpoints.reportShadowWrite, { body })
  } catch (error) {
    console.warn('The audit trail was not told of a shadow write', error)
  }
}

const names = ({ thingName, shadowName }: ShadowKey) => ({
  thingName,
  ...(shadowName === undefined ? {} : { shadowName }),
})

export function reportChange(key: ShadowKey, change: Change): Promise<void> {
  const { status, before, patch, version: beforeVersion } = change
  const changes = changedLeaves(before, patch).map(({ path, before: old, after }) => ({
    path: formatPath(path),
    ...(old === undefined ? {} : { beforeText: stringifyJson(old) }),
    ...(after === undefined ? {} : { afterText: stringifyJson(after) }),
  }))
  const version = status.kind === 'accepted' ? { version: status.version } : {}
  return report({
    ...names(key),
    operation: 'update',
    clientToken: tokenOf(change),
    ...(beforeVersion === undefined ? {} : { beforeVersion }),
    ...version,
    changes,
  })
}

export function reportDeletion(key: ShadowKey, version: number | undefined): Promise<void> {
  return report({ ...names(key), operation: 'delete', ...(version === undefined ? {} : { version }), changes: [] })
}
