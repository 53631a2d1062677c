import { shadowResourceId } from '@thingdeck/contract'

/**
 * An entry in today's words, whichever release wrote it. Earlier ones had `jobId` for `bulkChangeId`, and in place of
 * `resource: { type, id, arn }` a text with `thingName` and `shadowName` beside it. What it says is not checked here.
 */
export function inTodaysWords(stored: object): object {
  const { jobId, resource, thingName, shadowName, ...rest } = stored as Readonly<Record<string, unknown>>
  const entry: Record<string, unknown> = rest
  if (jobId !== undefined) entry.bulkChangeId ??= jobId
  const named = typeof resource === 'object' ? resource : resourceOf({ ...entry, resource, thingName, shadowName })
  return named === undefined ? entry : { ...entry, resource: named }
}

function resourceOf({ action, bulkChangeId, resource, thingName, shadowName }: Readonly<Record<string, unknown>>) {
  const arn = typeof resource === 'string' && resource.startsWith('arn:') ? { arn: resource } : {}
  if (typeof thingName === 'string') {
    if (!String(action).endsWith('ThingShadow')) return { type: 'thing', id: thingName, ...arn }
    const names = { thingName, ...(typeof shadowName === 'string' && { shadowName }) }
    return { type: 'shadow', id: shadowResourceId(names), ...arn }
  }
  if (bulkChangeId !== undefined) return { type: 'bulk-change', id: bulkChangeId }
  if (resource === 'fleet indexing') return { type: 'index', id: 'AWS_Things' }
  return resource === undefined ? undefined : { type: 'other', id: resource, ...arn }
}
