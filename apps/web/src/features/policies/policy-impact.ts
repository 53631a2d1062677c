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

/** Requests that are decided otherwise than before, for the same subjects. */
export interface ImpactRow {
  readonly change: 'allowed' | 'denied'
  readonly actions: readonly string[]
  /** The resource as the policy writes it, without what all ARNs of the account begin with. */
  readonly pattern: string
  /** By name, each once. */
  readonly subjects: readonly string[]
  /** One of the requests, for the simulator. */
  readonly example: Request & { readonly subject: PolicySubject }
}

interface Request {
  readonly action: string
  /** Without what all ARNs of the account begin with. */
  readonly resource: string
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
  const byRequest = new Map<string, ImpactRow>()
  let unchanged = 0
  for (const subject of subjects) {
    const changes = changesFor(subject, policyName, before, after)
    if (changes.length === 0) unchanged += 1
    for (const { action, pattern, resource, change } of changes) {
      const key = [change, action, pattern].join('\n')
      const row = byRequest.get(key)
      const named = new Set([...(row?.subjects ?? []), subject.name])
      byRequest.set(key, {
        change,
        actions: [action],
        pattern,
        subjects: [...named],
        example: row?.example ?? { subject, action, resource },
      })
    }
  }
  const { denied = [], allowed = [] } = Object.groupBy(joined(byRequest.values()), ({ change }) => change)
  return { rows: [...denied, ...allowed], unchanged }
}

/** Actions on the same resource for the same subjects are one row. */
function joined(rows: Iterable<ImpactRow>): readonly ImpactRow[] {
  const together = new Map<string, ImpactRow>()
  for (const row of rows) {
    const key = [row.change, row.pattern, ...row.subjects].join('\n')
    const before = together.get(key)
    together.set(key, before ? { ...before, actions: [...before.actions, ...row.actions] } : row)
  }
  return [...together.values()]
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

/** Whether a subject has the policy by one way alone: by its principal, or by one of its groups. */
export const isReachedOnce = ({ facts }: PolicySubject, policyName: string): boolean =>
  (facts.policies.find((policy) => policy.policyName === policyName)?.ways.length ?? 0) < 2

const withoutPrefix = (arn: string, prefix: string) =>
  arn.startsWith(`${prefix}:`) ? arn.slice(prefix.length + 1) : arn
