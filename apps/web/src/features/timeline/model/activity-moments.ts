import { type AuditEntry, thingOfResource } from '@thingdeck/contract'
import { changeWords } from '../../../shared/audit-change.ts'
import type { Moment, MomentKind } from './moment.ts'

/** What AWS's operations are about. One that is not here is judged by its resource. */
const KINDS: Readonly<Record<string, MomentKind>> = {
  DeleteConnection: 'connection',
  UpdateThingShadow: 'shadow',
  DeleteThingShadow: 'shadow',
  Publish: 'shadow',
  CancelJobExecution: 'job',
  DeleteJobExecution: 'job',
  StartCommandExecution: 'job',
  DeleteCommandExecution: 'job',
  AttachThingPrincipal: 'access',
  DetachThingPrincipal: 'access',
  AttachPolicy: 'access',
  DetachPolicy: 'access',
}

const KINDS_OF_RESOURCES: Readonly<Record<string, MomentKind>> = {
  shadow: 'shadow',
  thing: 'registry',
  'thing-group': 'registry',
  'thing-type': 'registry',
  certificate: 'access',
  policy: 'access',
  job: 'job',
}

/** What people changed of a thing through the console; entries that were repeated are one moment already. */
export const activityMoments = (entries: readonly AuditEntry[]): readonly Moment[] => entries.map(momentOf)

function momentOf(entry: AuditEntry): Moment {
  const { id, time, action, resource, outcome, repeated } = entry
  const isDone = outcome.code === undefined
  const why = isDone ? changesInWords(entry) : [outcome.code, outcome.message].filter((part) => part).join(': ')
  return {
    id: `activity:${id}`,
    kind: KINDS[action] ?? KINDS_OF_RESOURCES[resource?.type ?? ''] ?? 'registry',
    tone: isDone ? 'info' : 'error',
    atMs: Date.parse(repeated?.since ?? time),
    ...(repeated && { untilMs: Date.parse(time) }),
    times: repeated ? repeated.times + 1 : 1,
    title: titleOf(entry, isDone),
    ...(why && { why }),
    log: [],
    activity: [entry],
  }
}

/** `Ada: UpdateThingShadow of shadow config, version 41` */
function titleOf({ person, action, resource, version }: AuditEntry, isDone: boolean): string {
  const made = version === undefined ? '' : `, version ${version}`
  return `${person.name}: ${action}${resource ? ` of ${resourceInWords(resource)}` : ''}${made}${isDone ? '' : ', not done'}`
}

function resourceInWords(resource: NonNullable<AuditEntry['resource']>): string {
  if (resource.type !== 'shadow') return `${resource.type.replaceAll('-', ' ')} ${resource.id}`
  const name = thingOfResource(resource)?.shadowName
  return name === undefined ? 'the classic shadow' : `shadow ${name}`
}

const SHOWN_CHANGES = 3

function changesInWords({ changes = [], changesLeftOut = 0 }: AuditEntry): string {
  const shown = changes.slice(0, SHOWN_CHANGES).map((change) => changeWords(change))
  const more = changes.length - shown.length + changesLeftOut
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}
