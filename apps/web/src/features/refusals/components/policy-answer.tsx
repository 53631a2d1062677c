import { useQuery } from '@tanstack/react-query'
import type { AuthorizationFacts, Refusal } from '@thingdeck/contract'
import { requestContext } from '@thingdeck/policies'
import { type Check, type Door, doorOf, requestOf } from '../../../shared/authorization/check.ts'
import { factsQuery } from '../../../shared/authorization/facts.ts'
import { policySetOf } from '../../../shared/authorization/policy-set.ts'
import { simulate } from '../../../shared/authorization/simulate.ts'
import { SmallestChange } from '../../../shared/authorization/smallest-change.tsx'
import { checksOf } from '../simulated.ts'

/** Of what no statement allows: where the nearest one differs, and the smallest change that would allow it. */
export function PolicyAnswer({ refusal }: { readonly refusal: Refusal }) {
  const { principalId = '', clientId, protocol } = refusal
  const over: Door = protocol === 'HTTP' ? 'https' : 'mqtt'
  const [check] = checksOf(refusal)
  const { data: facts } = useQuery(factsQuery(principalId, over === 'mqtt' ? clientId : undefined))
  if (!facts || !check) return null
  return <Lacking facts={facts} check={check} clientId={clientId ?? ''} over={over} />
}

interface LackingProps {
  readonly facts: AuthorizationFacts
  readonly check: Check
  readonly clientId: string
  readonly over: Door
}

function Lacking({ facts, check, clientId, over }: LackingProps) {
  const door = doorOf(check, over)
  const request = requestOf(check, { clientId, isPersistent: false })
  if (!request) return null
  const policies = policySetOf(facts.policies)
  const context = requestContext(facts, door === 'mqtt' ? clientId : undefined)
  const refused = simulate(facts, policies, context, request).needs.find(
    ({ decision }) => decision.decision === 'IMPLICIT_DENY',
  )
  return refused ? <SmallestChange refused={refused} policies={policies} door={door} /> : null
}
