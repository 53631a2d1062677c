import type { PolicyWay } from '@thingdeck/contract'
import type { StatementRef } from '@thingdeck/policies'
import type { CountedPolicy, PolicySet } from './policy-set.ts'

/** `device, version 3, statement 2 (“Telemetry”)` */
export function statementWords({ policyName, statementIndex, sid }: StatementRef, { counted }: PolicySet): string {
  const policy = counted.find((each) => each.policyName === policyName)
  const which = policy === undefined ? '' : `, ${policy.which}`
  return `${policyName}${which}, statement ${statementIndex + 1}${sid === undefined ? '' : ` (“${sid}”)`}`
}

/** `attached to the principal`, `through the group halls` */
const wayWords = (way: PolicyWay): string =>
  way.kind === 'principal' ? 'attached to the principal' : `through the group ${way.thingGroupName}`

/** `device (version 3, through the group halls)`; that it is attached to the principal alone is nothing special. */
export function policyWords({ policyName, which, ways, isReplaced }: CountedPolicy): string {
  const from = ways.every(({ kind }) => kind === 'principal') ? [] : ways.map(wayWords)
  const notAttached = ways.length === 0 && isReplaced ? ['not attached'] : []
  return `${policyName} (${[which, ...from, ...notAttached].join(', ')})`
}
