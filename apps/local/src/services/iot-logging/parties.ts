import type { Outcome } from '../../foundation/outcome.ts'
import type { Actor } from '../../foundation/traffic.ts'

const known = new WeakMap<Actor, string>()

/** Who it is, as nearly every entry has it: `"clientId":…,"principalId":…,"sourceIp":…,"sourcePort":…`, JSON. */
export function partyOf(actor: Actor): string {
  let text = known.get(actor)
  if (text === undefined) {
    text = textOf(partyFields(actor))
    known.set(actor, text)
  }
  return text
}

/** The same as fields. */
export function partyFields({ clientId, principal, sourceIp, sourcePort }: Actor) {
  return { clientId, principalId: principal.principalId, sourceIp, sourcePort }
}

/** What fails says why, behind all else. */
export function failureFields({ kind, reason, details }: Outcome) {
  return kind === 'Success' ? {} : { reason, details }
}

/** JSON of fields without braces. */
const textOf = (fields: object): string => JSON.stringify(fields).slice(1, -1)

/** `,"reason":…,"details":…` of a failure; nothing of a success. */
export function failureText(outcome: Outcome): string {
  return outcome.kind === 'Success' ? '' : `,${textOf(failureFields(outcome))}`
}
