import type { AuthorizationFacts } from '@thingdeck/contract'
import {
  type ClientRequest,
  type ContextValue,
  connectionContext,
  decideRequest,
  type RequestDecision,
} from '@thingdeck/policies'
import type { Door } from './check.ts'
import type { PolicySet } from './policy-set.ts'

/** Values that nobody but the person who asks knows: where the client comes from, what a certificate would say. */
export interface GivenValues {
  readonly sourceIp?: string | undefined
  /** By context key, before all that is known. */
  readonly values?: Readonly<Record<string, string>>
}

/** The context of a principal's requests by one door, by key. */
export function contextOf(
  { principal, thing }: Pick<AuthorizationFacts, 'principal' | 'thing'>,
  door: Door,
  clientId: string,
  { sourceIp, values = {} }: GivenValues = {},
): ReadonlyMap<string, ContextValue> {
  const context = new Map<string, ContextValue>(door === 'mqtt' ? connectionContext(clientId, thing) : [])
  if (principal.kind === 'certificate') {
    for (const [key, value] of Object.entries(principal.context)) context.set(key, value)
  } else context.set('cognito-identity.amazonaws.com:sub', principal.identityId)
  if (sourceIp !== undefined) context.set('aws:SourceIp', sourceIp)
  for (const [key, value] of Object.entries(values)) context.set(key, value)
  return context
}

/** What the policies say to a request. */
export function simulate(
  { arnPrefix }: Pick<AuthorizationFacts, 'arnPrefix'>,
  { compiled }: PolicySet,
  context: ReadonlyMap<string, ContextValue>,
  request: ClientRequest,
): RequestDecision {
  return decideRequest({ policies: compiled, context, arnOf: (resource) => `${arnPrefix}:${resource}` }, request)
}
