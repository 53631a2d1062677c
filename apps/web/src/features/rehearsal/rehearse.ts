import type { AuthorizationFacts } from '@thingdeck/contract'
import { comparePolicies, type PolicyDecision, requestContext, resourceOf } from '@thingdeck/policies'
import { policySetOf } from '../../shared/authorization/policy-set.ts'
import type { LoggedRequest } from './logged-requests.ts'

/** Somebody who asked: a principal under a client id. */
export type ClientKey = string

export const clientKeyOf = ({ principalId, clientId }: Pick<LoggedRequest, 'principalId' | 'clientId'>): ClientKey =>
  JSON.stringify([principalId, clientId ?? null])

/** What decides about a client; `gone`: its principal is not registered any more. */
export type FactsOfClients = ReadonlyMap<ClientKey, AuthorizationFacts | 'gone'>

/** What the log shows that was asked for, and is decided otherwise by the other text. */
export interface RehearsalRow {
  readonly change: 'denied' | 'allowed'
  readonly request: LoggedRequest
  readonly before: PolicyDecision
  readonly after: PolicyDecision
}

export interface Rehearsal {
  /** What would be denied first; of each the most frequent first. */
  readonly rows: readonly RehearsalRow[]
  /** So many requests of the log were decided by both texts. */
  readonly compared: number
  /** So many are of clients that do not have the policy. */
  readonly ofOthers: number
  /** So many are of clients that nothing is known of: not looked at so far, or gone. */
  readonly unknown: number
}

/**
 * Requests of the log decided by the policy as it is and by another text of it, with everything else that decides about
 * each client as it is now.
 */
export function rehearse(
  requests: readonly LoggedRequest[],
  facts: FactsOfClients,
  policyName: string,
  before: string,
  after: string,
): Rehearsal {
  let [compared, ofOthers, unknown] = [0, 0, 0]
  const rows: RehearsalRow[] = []
  for (const [key, asked] of Map.groupBy(requests, clientKeyOf)) {
    const times = asked.reduce((sum, { count }) => sum + count, 0)
    const known = facts.get(key)
    if (known === undefined || known === 'gone') unknown += times
    else if (!known.policies.some((policy) => policy.policyName === policyName)) ofOthers += times
    else {
      compared += times
      rows.push(...changesOf(asked, known, policyName, before, after))
    }
  }
  const sorted = rows.toSorted((one, other) => other.request.count - one.request.count)
  const { denied = [], allowed = [] } = Object.groupBy(sorted, ({ change }) => change)
  return { rows: [...denied, ...allowed], compared, ofOthers, unknown }
}

function changesOf(
  asked: readonly LoggedRequest[],
  facts: AuthorizationFacts,
  policyName: string,
  before: string,
  after: string,
): RehearsalRow[] {
  const withText = (text: string) => policySetOf(facts.policies, new Map([[policyName, { which: '', text }]])).compiled
  const home = homeOf(facts)
  const questions = asked.map((request) => {
    const context = new Map(requestContext(facts, request.clientId))
    // The log does not say what a CONNECT asked for: one without a lasting session and without a will.
    if (request.action === 'iot:Connect') context.set('iot:ConnectAttributes', [])
    return { request, action: request.action, resource: resourceOf(request, home), context }
  })
  return comparePolicies(withText(before), withText(after), questions).map(({ request, before: was, after: is }) => ({
    change: is.decision === 'ALLOWED' ? 'allowed' : 'denied',
    request: request.request,
    before: was,
    after: is,
  }))
}

function homeOf({ arnPrefix }: AuthorizationFacts) {
  const [, partition = 'aws', , region = '', accountId = ''] = arnPrefix.split(':')
  return { partition, region, accountId }
}
