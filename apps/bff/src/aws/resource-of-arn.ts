import type { AuditResource } from '@thingdeck/contract'

/** What stands in an ARN, and what the trail calls it where that is not the same. */
const TYPES: Readonly<Record<string, string>> = {
  thinggroup: 'thing-group',
  thingtype: 'thing-type',
  billinggroup: 'billing-group',
  rolealias: 'role-alias',
  cacert: 'ca-certificate',
  fleetmetric: 'fleet-metric',
  jobtemplate: 'job-template',
  provisioningtemplate: 'provisioning-template',
}

/** `arn:aws:iot:…:thinggroup/halls` → the thing group `halls`, as the trail names it. */
export function resourceOfArn(arn: string): AuditResource {
  const [, kind, id] = /^arn:[^:]*:iot:[^:]*:[^:]*:([a-z][a-z-]{0,63})\/(.+)$/.exec(arn) ?? []
  if (kind === undefined || id === undefined) return { type: 'resource', id: arn }
  return { type: TYPES[kind] ?? kind, id, arn }
}
