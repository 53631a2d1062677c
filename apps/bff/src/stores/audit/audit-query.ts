import {
  type AuditEntry,
  type AuditQuery,
  type AuditResource,
  CLASSIC_SHADOW,
  thingOfResource,
} from '@thingdeck/contract'

/** Whether everything that a query asks for holds of an entry. */
export function matchesQuery(entry: AuditEntry, query: AuditQuery): boolean {
  const { resourceType, resourceId, thing, shadow, person, action, outcome, bulkChange, from, to } = query
  return (
    (resourceType === undefined || entry.resource?.type === resourceType) &&
    (resourceId === undefined || entry.resource?.id === resourceId) &&
    (thing === undefined || writtenOf(entry).some((each) => thingOfResource(each)?.thingName === thing)) &&
    (shadow === undefined || isOfShadow(entry, shadow)) &&
    (person === undefined || isPerson(entry, person)) &&
    (action === undefined || entry.action === action) &&
    (outcome === undefined || (entry.outcome.code === undefined) === (outcome === 'done')) &&
    (bulkChange === undefined || entry.bulkChangeId === bulkChange) &&
    (from === undefined || Date.parse(entry.time) >= Date.parse(from)) &&
    (to === undefined || Date.parse(entry.time) < Date.parse(to))
  )
}

const writtenOf = ({ resource, shadows = [] }: AuditEntry): readonly AuditResource[] =>
  resource ? [resource, ...shadows] : shadows

function isOfShadow(entry: AuditEntry, shadow: string): boolean {
  return writtenOf(entry).some(
    (each) => each.type === 'shadow' && (thingOfResource(each)?.shadowName ?? CLASSIC_SHADOW) === shadow,
  )
}

function isPerson({ person: { id, name } }: AuditEntry, asked: string): boolean {
  return id === asked || name.toLowerCase() === asked.toLowerCase()
}

/** Of an id, `MILLISECONDS-NUMBER`: its two parts. Undefined for what is no id. */
export function parseEntryId(id: string): { readonly ms: number; readonly number: number } | undefined {
  const [, ms, number] = /^(\d{1,15})-(\d{1,15})$/.exec(id) ?? []
  return ms === undefined ? undefined : { ms: Number(ms), number: Number(number) }
}

/** Negative when the first id is the earlier one. Both are ids. */
export function compareEntryIds(one: string, other: string): number {
  const [a, b] = [parseEntryId(one), parseEntryId(other)]
  if (!a || !b) throw new TypeError(`Not ids of the audit trail: ${one}, ${other}`)
  return a.ms - b.ms || a.number - b.number
}
