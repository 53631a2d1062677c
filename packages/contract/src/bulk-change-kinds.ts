import { type Static, Type } from 'typebox'
import { CommandRun } from './command-executions.ts'
import { CommandId } from './commands.ts'
import { oneOf } from './one-of.ts'
import { PlannedThing } from './planned-thing.ts'
import { PolicyName } from './policies.ts'
import { AttributeName, AttributeValue } from './registry-attributes.ts'
import { ShadowName } from './shadows.ts'
import { Tags } from './tags.ts'
import { ThingName } from './things.ts'

/** One key of `desired` in the same shadow of many things. */
export const ShadowChange = Type.Object({
  kind: Type.Literal('shadow'),
  shadowName: Type.Optional(ShadowName),
  path: Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), { minItems: 1, maxItems: 8 }),
  valueText: Type.Optional(
    Type.String({
      maxLength: 8192,
      description: 'The value as JSON text, so that no digit is lost; absent: removed',
    }),
  ),
  createMissing: Type.Optional(Type.Boolean({ description: 'Also where there is no such shadow yet' })),
})
export type ShadowChange = Static<typeof ShadowChange>

/** Attributes that are not named stay as they are. */
export const AttributesChange = Type.Object({
  kind: Type.Literal('attributes'),
  set: Type.Record(AttributeName, AttributeValue, { maxProperties: 50 }),
  remove: Type.Array(AttributeName, { maxItems: 50 }),
})
export type AttributesChange = Static<typeof AttributesChange>

export const TypeChange = Type.Object({
  kind: Type.Literal('type'),
  thingTypeName: Type.Optional(Type.String({ ...ThingName, description: 'Absent: none any more' })),
})
export type TypeChange = Static<typeof TypeChange>

/** With both: moved, and only those that are in the group that they leave. */
export const GroupsChange = Type.Object({
  kind: Type.Literal('groups'),
  addTo: Type.Optional(ThingName),
  removeFrom: Type.Optional(ThingName),
  overrideDynamicGroups: Type.Optional(
    Type.Boolean({ description: 'Of ten groups, a dynamic one makes room (AWS IoT API reference)' }),
  ),
})
export type GroupsChange = Static<typeof GroupsChange>

export const BillingGroupChange = Type.Object({
  kind: Type.Literal('billing-group'),
  billingGroupName: Type.Optional(Type.String({ ...ThingName, description: 'Absent: none any more' })),
})
export type BillingGroupChange = Static<typeof BillingGroupChange>

/** Of resources that AWS IoT gives tags to; things have none. Tags that are not named stay as they are. */
export const TagsChange = Type.Object({
  kind: Type.Literal('tags'),
  set: Tags,
  remove: Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 50 }),
})
export type TagsChange = Static<typeof TagsChange>

/** At the certificates of the things, each once. */
export const PolicyChange = Type.Object({
  kind: Type.Literal('policy'),
  act: oneOf(['attach', 'detach'] as const),
  policyName: PolicyName,
})
export type PolicyChange = Static<typeof PolicyChange>

/** Of the things, each certificate once. */
export const CertificatesChange = Type.Object({
  kind: Type.Literal('certificates'),
  newStatus: oneOf(['ACTIVE', 'INACTIVE'] as const),
})
export type CertificatesChange = Static<typeof CertificatesChange>

/** Things, with their shadows, their memberships and the certificates that no other thing has. */
export const DeleteChange = Type.Object({ kind: Type.Literal('delete') })
export type DeleteChange = Static<typeof DeleteChange>

/** Things that are not there yet, as the targets say; each with the certificate that it has a request for. */
export const CreateChange = Type.Object({
  kind: Type.Literal('create'),
  policyName: Type.Optional(Type.String({ ...PolicyName, description: 'Attached to each of the certificates' })),
  source: Type.Optional(Type.String({ maxLength: 255, description: 'Where they come from: the name of a file' })),
  keySetId: Type.Optional(
    Type.String({
      maxLength: 64,
      pattern: '^[a-zA-Z0-9-]+$',
      description: 'Under which the browser keeps the private keys of the requests; the server has none',
    }),
  ),
  thing: Type.Optional(Type.Object({ ...PlannedThing.properties }, { description: 'Of a target alone' })),
})
export type CreateChange = Static<typeof CreateChange>

/** Sent to the device of each thing, once; nothing of the things changes. */
export const CommandChange = Type.Object({ kind: Type.Literal('command'), commandId: CommandId, ...CommandRun })
export type CommandChange = Static<typeof CommandChange>

/** What is to become other, told apart by `kind`. */
export const BulkChangeChange = Type.Union([
  ShadowChange,
  AttributesChange,
  TypeChange,
  GroupsChange,
  BillingGroupChange,
  TagsChange,
  PolicyChange,
  CertificatesChange,
  DeleteChange,
  CreateChange,
  CommandChange,
])
export type BulkChangeChange = Static<typeof BulkChangeChange>
export type BulkChangeKind = BulkChangeChange['kind']

/** What holds for all bulk changes of one kind. */
export interface BulkChangeKindFacts {
  /** Who may begin one. */
  readonly role: 'operator' | 'admin'
  /** Requests to AWS for one of its targets, as a rule. */
  readonly reads: number
  readonly writes: number
  /**
   * Requests a second where nothing else is said. AWS's smallest quotas of the registry's and the certificates' operations
   * are 10 a second for an account (AWS IoT Core endpoints and quotas): half of them are left to others. Shadows take 20
   * for each thing, and 400 for an account.
   */
  readonly perSecond: number
  readonly canUndo: boolean
  /** It takes away what devices need, or what nothing brings back. */
  readonly destroys: boolean
}

export const BULK_CHANGE_KINDS: Readonly<Record<BulkChangeKind, BulkChangeKindFacts>> = {
  shadow: { role: 'operator', reads: 1, writes: 1, perSecond: 10, canUndo: true, destroys: false },
  attributes: { role: 'admin', reads: 1, writes: 1, perSecond: 5, canUndo: true, destroys: false },
  type: { role: 'admin', reads: 1, writes: 1, perSecond: 5, canUndo: true, destroys: false },
  groups: { role: 'admin', reads: 1, writes: 1, perSecond: 5, canUndo: true, destroys: false },
  'billing-group': { role: 'admin', reads: 1, writes: 1, perSecond: 5, canUndo: true, destroys: false },
  tags: { role: 'admin', reads: 1, writes: 1, perSecond: 5, canUndo: true, destroys: false },
  policy: { role: 'admin', reads: 3, writes: 1, perSecond: 5, canUndo: true, destroys: true },
  certificates: { role: 'admin', reads: 3, writes: 1, perSecond: 5, canUndo: true, destroys: true },
  // AWS takes 100 starts a second of an account.
  command: { role: 'operator', reads: 0, writes: 1, perSecond: 50, canUndo: false, destroys: false },
  // Each of its requests is another operation: where all are needed there are seven of each a second.
  create: { role: 'admin', reads: 1, writes: 5, perSecond: 40, canUndo: false, destroys: false },
  delete: { role: 'admin', reads: 7, writes: 5, perSecond: 5, canUndo: false, destroys: true },
}
