import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { AuthorizationFacts, Refusal } from '@thingdeck/contract'
import { nearestStatements, requestContext } from '@thingdeck/policies'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { type Check, type Door, doorOf, requestOf } from '../../../shared/authorization/check.ts'
import { factsQuery } from '../../../shared/authorization/facts.ts'
import { fixesOf } from '../../../shared/authorization/fixes.ts'
import { NearestView } from '../../../shared/authorization/nearest-view.tsx'
import { policySetOf } from '../../../shared/authorization/policy-set.ts'
import { simulate } from '../../../shared/authorization/simulate.ts'
import { paths } from '../../../shared/paths.ts'
import { keepPolicyDraft, readPolicyDraft } from '../../../shared/policy-editor/policy-drafts.ts'
import { visible } from '../../../shared/text/visible.tsx'
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
  const { history } = useRouter()
  const door = doorOf(check, over)
  const request = requestOf(check, { clientId, isPersistent: false })
  if (!request) return null
  const policies = policySetOf(facts.policies)
  const context = requestContext(facts, door === 'mqtt' ? clientId : undefined)
  const refused = simulate(facts, policies, context, request).needs.find(
    ({ decision }) => decision.decision === 'IMPLICIT_DENY',
  )
  if (!refused) return null
  const { decision } = refused
  const [nearest] = nearestStatements(policies.named, { ...decision, context: refused.context }, 1)
  const [fix] = fixesOf(refused, policies, door)
  return (
    <SpaceBetween size="xs">
      {nearest && <NearestView nearest={nearest} decision={decision} policies={policies} />}
      {fix && (
        <>
          <Box>
            The smallest change: <span className="td-mono">{visible(fix.resource)}</span>, as{' '}
            {fix.statement === undefined ? 'a statement more' : `one resource more in statement ${fix.statement}`} of
            policy {visible(fix.policyName)}
            {fix.isGeneral ? '; for every client its own.' : '; for everyone who has the policy.'}
            {readPolicyDraft(fix.policyName) !== undefined &&
              ' It takes the place of the draft that there is in this tab.'}
          </Box>
          <ActionButton
            id="draft"
            text="Open it as a draft"
            needs="admin"
            onAction={() => {
              keepPolicyDraft(fix.policyName, fix.text)
              history.push(paths.editPolicy(fix.policyName))
            }}
          />
        </>
      )}
    </SpaceBetween>
  )
}
