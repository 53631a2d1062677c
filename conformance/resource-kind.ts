/** What a run makes, in the order in which it is removed: what uses something goes before what it uses. */
export const RESOURCE_KINDS = [
  'retained message',
  'topic rule',
  'job',
  'job template',
  'command',
  'stream',
  'package',
  'fleet metric',
  'provisioning template',
  'role alias',
  'certificate',
  'policy',
  'shadow',
  'thing',
  'dynamic thing group',
  'thing group',
  'billing group',
  'thing type',
  'bucket',
  'role',
] as const

export type ResourceKind = (typeof RESOURCE_KINDS)[number]

export const isResourceKind = (kind: unknown): kind is ResourceKind =>
  (RESOURCE_KINDS as readonly unknown[]).includes(kind)
