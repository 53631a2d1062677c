import type { AuditResource, Published, ReportedWrite, WriteReport } from '@thingdeck/contract'
import { parseReservedTopic } from '@thingdeck/topics'
import type { Arns } from '../../aws/arns.ts'
import { type ShadowKey, shadowKey } from '../../aws/shadows.ts'
import type { NewAuditEntry } from '../../stores/audit/audit-store.ts'

/** What a report says of a write; who, and under which request, is not for it to say. */
export type ReportedEntry = Omit<NewAuditEntry, 'person' | 'requestId'>

type ShadowWrite = Extract<ReportedWrite, { readonly kind: 'shadow-update' | 'shadow-delete' }>
type Publishing = Exclude<ReportedWrite, ShadowWrite>

const ACTIONS = {
  publish: 'Publish',
  repeat: 'RepeatPublish',
  replay: 'Replay',
  'clear-retained': 'ClearRetained',
} as const satisfies Record<Publishing['kind'], string>

/** The entry of a report, taken at its word. */
export function entryOfReport({ write, writer: { clientId }, from, to }: WriteReport, arns: Arns): ReportedEntry {
  const entry = 'changes' in write ? ofShadowWrite(write, arns) : ofPublishing(write, arns)
  return { ...entry, mqtt: { clientId, from, to }, reportedByPage: true }
}

function ofShadowWrite({ kind, thingName, shadowName, ...write }: ShadowWrite, arns: Arns): ReportedEntry {
  return {
    ...write,
    action: kind === 'shadow-update' ? 'UpdateThingShadow' : 'DeleteThingShadow',
    resource: arns.shadow(shadowKey(thingName, shadowName)),
    outcome: { status: 200 }, // the page reports what the service took
  }
}

function ofPublishing({ kind, refusal, ...published }: Publishing, arns: Arns): ReportedEntry {
  const writes = published.topics.flatMap(({ topic }) => shadowWriteOf(topic) ?? [])
  const [first, ...shadows] = [...ofReplay(published), ...writtenShadows(writes, arns)]
  const resource = first ?? onlyTopic(published, arns)
  return {
    // One message to a shadow's topic is what the service's own operation is; many are what was done with them.
    action: (kind === 'publish' && writes[0]?.action) || ACTIONS[kind],
    ...(resource && { resource }),
    ...(shadows.length > 0 && { shadows }),
    published,
    outcome: published.sent > 0 || published.failed === 0 ? {} : (refusal ?? NOT_SENT),
  }
}

const NOT_SENT = { code: 'NOT_SENT', message: 'None of it was sent.' }

/** Of the topics on which a shadow is written: which one, and how the operation is called. */
function shadowWriteOf(topic: string): { readonly key: ShadowKey; readonly action: string } | undefined {
  const parsed = parseReservedTopic(topic)
  if (parsed?.kind !== 'shadow' || parsed.suffix !== undefined || parsed.operation === 'get') return undefined
  return {
    key: shadowKey(parsed.thingName, parsed.shadowName),
    action: parsed.operation === 'update' ? 'UpdateThingShadow' : 'DeleteThingShadow',
  }
}

function writtenShadows(writes: readonly { readonly key: ShadowKey }[], arns: Arns): AuditResource[] {
  const shadows = writes.map(({ key }) => arns.shadow(key))
  return [...new Map(shadows.map((shadow) => [shadow.id, shadow])).values()]
}

/** What a replay was of. */
const ofReplay = ({ source }: Published): AuditResource[] => (source ? [{ type: 'recording', id: source.name }] : [])

function onlyTopic({ topics }: Published, arns: Arns): AuditResource | undefined {
  const [first, ...others] = topics
  return first && others.length === 0 ? arns.topic(first.topic) : undefined
}
