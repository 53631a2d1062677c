import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQueryClient } from '@tanstack/react-query'
import type { AuthorizationFacts } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { SmallestChange } from '../../../shared/authorization/smallest-change.tsx'
import { attachPolicyStep, attachThingStep } from '../../../shared/certificate/certificate-steps.ts'
import { useActivateCertificate } from '../../../shared/certificate/use-activate-certificate.ts'
import { PoliciesPicker } from '../../../shared/pickers/policy-picker.tsx'
import type { PlanStep } from '../../../shared/plan/plan.ts'
import { usePlans } from '../../../shared/plan/plans.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import type { DeviceReadiness, Readiness } from '../readiness.ts'

interface ReadinessListProps {
  readonly thingName: string
  readonly certificateId: string
  readonly facts: AuthorizationFacts
  readonly readiness: DeviceReadiness
}

/** What is right with the device as AWS IoT knows it, and what not yet, with what mends it. */
export function ReadinessList({ readiness, ...device }: ReadinessListProps) {
  return (
    <ul className="td-plain-list" aria-label="What AWS IoT would say now">
      {readiness.checks.map((check) => (
        <li key={check.id}>
          <SpaceBetween size="xs">
            <StatusIndicator type={check.isGood ? 'success' : check.id === 'subscribe' ? 'warning' : 'error'}>
              {visible(check.words)}
              {check.asked && (check.isGood ? ': allowed' : ': not allowed')}
            </StatusIndicator>
            {!check.isGood && <Fix check={check} readiness={readiness} {...device} />}
          </SpaceBetween>
        </li>
      ))}
    </ul>
  )
}

function Fix({
  check,
  thingName,
  certificateId,
  facts,
  readiness,
}: ReadinessListProps & { readonly check: Readiness }) {
  const activate = useActivateCertificate()
  const attach = useAttach(certificateId)
  const { principal } = facts
  const { id, refused } = check
  if (id === 'certificate') {
    const canBe = principal.kind === 'certificate' && /^(INACTIVE|PENDING_ACTIVATION)$/.test(principal.status)
    return canBe ? <ActionButton {...activate(certificateId, principal.status)} /> : null
  }
  if (id === 'thing') {
    return (
      <ActionButton
        id="attach-thing"
        text={`Attach it to ${thingName}`}
        needs="admin"
        onAction={() => attach(attachThingStep(certificateId, { thingName }))}
      />
    )
  }
  if (id === 'policies') return <AttachPolicy onAttach={(name) => attach(attachPolicyStep(certificateId, name))} />
  return refused?.decision.decision === 'IMPLICIT_DENY' ? (
    <SmallestChange refused={refused} policies={readiness.policies} door="mqtt" />
  ) : null
}

function AttachPolicy({ onAttach }: { readonly onAttach: (policyName: string) => void }) {
  const [names, setNames] = useState<readonly string[]>([])
  const [name] = names
  return (
    <SpaceBetween size="xs" direction="horizontal">
      <PoliciesPicker label="Policy to attach" value={names} onChange={(next) => setNames(next.slice(-1))} />
      <ActionButton
        id="attach-policy"
        text="Attach policy"
        needs="admin"
        whyNot={name === undefined ? 'Choose a policy.' : undefined}
        onAction={() => name !== undefined && onAttach(name)}
      />
    </SpaceBetween>
  )
}

/** Does one step of a certificate at once; it can be taken back. */
function useAttach(certificateId: string): (step: PlanStep) => void {
  const client = useQueryClient()
  const { start } = usePlans()
  return (step) =>
    start({
      id: `certificate ${certificateId}`,
      title: step.words,
      done: `Done: ${step.words}`,
      steps: [step],
      onChange: () => void client.invalidateQueries(),
    })
}
