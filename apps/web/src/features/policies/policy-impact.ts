import type { AuthorizationFacts } from '@thingdeck/contract'
import { comparePolicies, probeRequests, requestContext } from '@thingdeck/policies'
import { policySetOf } from '../../shared/authorization/policy-set.ts'

/** Somebody whom a policy is for: a principal as it connects. */
export interface PolicySubject {
  /** `pump-7`, or of a principal of no thing what it is. */
  readonly name: string
  readonly thingName: string | undefined
  readonly clientId: string
  readonly facts: AuthorizationFacts
}

/** A request that is decided otherwise than before, for some. */
export interface ImpactRow {
  readonly change: 'allowed' | 'denied'
  readonly action: string
  /** The resource as the policy writes it, without what all ARNs of the account begin with. */
  readonly pattern: string
  /** By name, each once. */
  readonly subjects: readonly string[]
  /** One of the requests, for the simulator. */
  readonly example: { readonly subject: PolicySubject; readonly resource: string }
}

export interface PolicyImpact {
  /** What is taken away comes first. */
  readonly rows: readonly ImpactRow[]
  /** For whom nothing changes. */
  readonly unchanged: number
}

/**
 * What a policy of another text would change, for whom, as everything else that decides is now.
 * @param after undefined: it is not attached any more
 */
export function impactOf(
  subjects: readonly PolicySubject[],
  policyName: string,
  before: string,
  after: string | undefined,
): PolicyImpact {
  const rows = new Map<string, ImpactRow>()
  let unchanged = 0
  for (const subject of subjects) {
    const changes = changesFor(subject, policyName, before, after)
    if (changes.length === 0) unchanged += 1
    for (const { action, pattern, resource, change } of changes) {
      const key = [change, action, pattern].join('\n')
      const row = rows.get(key)
      const named = new Set([...(row?.subjects ?? []), subject.name])
      rows.set(key, {
        change,
        action,
        pattern,
        subjects: [...named],
        example: row?.example ?? { subject, resource },
      })
    }
  }
  const byChange = Object.groupBy(rows.values(), ({ change }) => change)
  return { rows: [...(byChange.denied ?? []), ...(byChange.allowed ?? [])], unchanged }
}

function changesFor({ facts, clientId }: PolicySubject, policyName: string, before: string, after: string | undefined) {
  const others = facts.policies.filter((policy) => policy.policyName !== policyName)
  const withText = (text: string | undefined) =>
    policySetOf(others, new Map(text === undefined ? [] : [[policyName, { which: '', text }]]))
  const [was, is] = [withText(before), withText(after)]
  const { arnPrefix } = facts
  const documents = [was, is].flatMap(({ named }) => named.filter((policy) => policy.policyName === policyName))
  // Of a CONNECT without a session that lasts and without a will.
  const values = new Map([...requestContext(facts, clientId), ['iot:ConnectAttributes', []] as const])
  const requests = probeRequests(
    documents.map(({ document }) => document),
    arnPrefix,
    { mqtt: values, https: requestContext(facts, undefined) },
  )
  return comparePolicies(was.compiled, is.compiled, requests).map(({ request, after: { decision } }) => ({
    action: request.action,
    resource: withoutPrefix(request.resource, arnPrefix),
    pattern: withoutPrefix(request.pattern, arnPrefix),
    change: decision === 'ALLOWED' ? ('allowed' as const) : ('denied' as const),
  }))
}

const withoutPrefix = (arn: string, prefix: string) =>
  arn.startsWith(`${prefix}:`) ? arn.slice(prefix.length + 1) : arn
