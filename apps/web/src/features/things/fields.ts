import type { FleetIndexStatus } from '@thingdeck/contract'

/** Names of fields as queries have them, in the words of the page. */
const LABELS: Readonly<Record<string, string>> = {
  thingName: 'Name',
  thingId: 'Thing ID',
  thingTypeName: 'Type',
  thingGroupNames: 'Group',
  'connectivity.connected': 'Connection',
  'connectivity.timestamp': 'Connection changed',
  'connectivity.disconnectReason': 'Disconnect reason',
  'connectivity.clientId': 'Client ID',
  'connectivity.cleanSession': 'Clean session',
  'connectivity.keepAliveDuration': 'Keep-alive (s)',
  'connectivity.sessionExpiry': 'Session expiry (s)',
  'deviceDefender.violationCount': 'Violations',
}

/** Fields that every index of things has, or has where it knows connections. */
export const COMMON_FIELDS = Object.keys(LABELS)

/** Managed fields have names of their own for two that queries spell otherwise. */
export const queriedField = (field: string): string =>
  field.replace(/^registry\.(?=thingTypeName$|thingGroupNames$)/, '')

/** `attributes.site` → `site`, `thingTypeName` → `Type`; a path of a shadow stands for itself. */
export function fieldLabel(field: string): string {
  const meant = queriedField(field)
  return LABELS[meant] ?? meant.replace(/^attributes\./, '').replace(/^shadow\.name\.\$package\.reported\./, 'package ')
}

/** A value as people read it. */
export function valueLabel(field: string, value: string): string {
  if (value === '*') return 'any value'
  if (field === 'connectivity.connected')
    return value === 'true' ? 'connected' : value === 'false' ? 'disconnected' : value
  if (field === 'connectivity.timestamp' && /^\d{11,}$/.test(value)) return new Date(Number(value)).toISOString()
  return value
}

/** Whether a query may name it; that it is indexed is another question. */
export const isField = (field: string): boolean =>
  Object.hasOwn(LABELS, queriedField(field)) || /^(?:attributes|shadow|connectivity|deviceDefender)\../s.test(field)

/** Something that the index does not know of yet, and that an admin can have it know. */
export interface NotIndexed {
  readonly connectivity?: true
  readonly shadows?: true
  /** Their names. */
  readonly namedShadows?: readonly string[]
  readonly violations?: true
  /** By which things are to be counted. */
  readonly customField?: { readonly name: string; readonly type: 'Number' | 'String' | 'Boolean' }
  /** Fields that ask for it. */
  readonly fields: readonly string[]
}

/** What would have to be indexed for these fields to be found; undefined where all is. */
export function notIndexed(fields: readonly string[], index: FleetIndexStatus): NotIndexed | undefined {
  const missing = fields.filter((field) => whatItNeeds(field, index) !== undefined)
  if (missing.length === 0) return undefined
  const needs = missing.map((field) => whatItNeeds(field, index))
  const namedShadows = needs.flatMap((need) => (typeof need === 'object' ? need.namedShadow : []))
  return {
    ...(needs.includes('connectivity') && { connectivity: true }),
    ...(needs.includes('shadows') && { shadows: true }),
    ...(namedShadows.length > 0 && { namedShadows: [...new Set(namedShadows)] }),
    ...(needs.includes('violations') && { violations: true }),
    fields: [...new Set(missing)],
  }
}

function whatItNeeds(field: string, { connectivity, shadows, namedShadows = [], violations }: FleetIndexStatus) {
  if (field.startsWith('connectivity.')) return connectivity ? undefined : 'connectivity'
  if (field.startsWith('deviceDefender.')) return violations ? undefined : 'violations'
  const [, namedShadow] = /^shadow\.name\.([^.]+)\./.exec(field) ?? []
  if (namedShadow !== undefined) return namedShadows.includes(namedShadow) ? undefined : { namedShadow }
  return field.startsWith('shadow.') && !shadows ? 'shadows' : undefined
}
