import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import { useQueryClient } from '@tanstack/react-query'
import { type CertificateDetail, type CertificateThing, ThingName } from '@thingdeck/contract'
import { type ReactNode, useState } from 'react'
import { brokenAtOnce, brokenWhenLeft, limitsOf } from '../form/text-limits.ts'
import { PoliciesPicker } from '../pickers/policy-picker.tsx'
import { THINGS } from '../pickers/registry-keys.ts'
import { ThingPicker } from '../pickers/thing-picker.tsx'
import type { Plan, PlanStep } from '../plan/plan.ts'
import { PlanDialog } from '../plan/plan-dialog.tsx'
import { shortCertificateId } from './certificate-id.ts'
import { attachPolicyStep, attachThingStep, detachPolicyStep, detachThingStep } from './certificate-steps.ts'
import { CERTIFICATES } from './certificates-key.ts'

interface DialogProps {
  readonly certificate: CertificateDetail
  readonly onClose: () => void
}

/** A plan of steps of one kind, which says of itself what they do. */
function usePlan({ certificateId }: CertificateDetail, title: string, done: string, steps: readonly PlanStep[]): Plan {
  const client = useQueryClient()
  return {
    id: `certificate ${certificateId}`,
    title,
    done,
    steps,
    onChange: () => {
      // A thing's page shows the policies of its certificates.
      for (const queryKey of [CERTIFICATES, THINGS]) void client.invalidateQueries({ queryKey })
    },
  }
}

const THING_LIMITS = limitsOf(ThingName, 'letters, digits and : _ -')

/** Attaches a certificate to a thing. */
export function AttachThingDialog({ certificate, onClose }: DialogProps) {
  const { certificateId, look } = certificate
  const [thingName, setThingName] = useState('')
  const [isExclusive, setExclusive] = useState(false)
  const title = `Attach the certificate ${shortCertificateId(certificateId)} to the thing ${thingName}`
  const thing = { thingName, ...(isExclusive && { type: 'EXCLUSIVE_THING' }) }
  const plan = usePlan(certificate, title, `The certificate is attached to the thing ${thingName}`, [
    attachThingStep(certificateId, thing),
  ])
  const isAttached = look?.things.some((each) => each.thingName === thingName) === true
  const broken = isAttached ? 'It is attached to this thing.' : brokenAtOnce(THING_LIMITS, thingName)
  return (
    <PlanDialog
      header={`Attach the certificate ${shortCertificateId(certificateId)} to a thing`}
      action="Attach to thing"
      plan={plan}
      consequences={[
        'Whoever connects with it can be this thing: thing variables of its policies have the thing’s values, where the client id is the thing’s name or it is attached exclusively.',
        'Policies of the thing’s groups hold for it, too.',
      ]}
      whyNot={broken ?? brokenWhenLeft(THING_LIMITS, thingName)}
      onClose={onClose}
    >
      <FormField label="Thing" errorText={broken} stretch>
        <ThingPicker label="Thing" value={thingName} onChange={setThingName} />
      </FormField>
      <Checkbox
        checked={isExclusive}
        onChange={({ detail }) => setExclusive(detail.checked)}
        description="Then it can be attached to no other thing, and a device may use any client id."
      >
        Attach exclusively
      </Checkbox>
    </PlanDialog>
  )
}

/** Attaches policies to a certificate, one after the other. */
export function AttachPoliciesDialog({ certificate, onClose }: DialogProps) {
  const { certificateId, look } = certificate
  const [policyNames, setPolicyNames] = useState<readonly string[]>([])
  const title = `Attach policies to the certificate ${shortCertificateId(certificateId)}`
  const plan = usePlan(
    certificate,
    title,
    'The policies are attached',
    policyNames.map((policyName) => attachPolicyStep(certificateId, policyName)),
  )
  return (
    <PlanDialog
      header={title}
      action="Attach policies"
      plan={plan}
      consequences={['What they allow and deny holds for open connections, too, within minutes.']}
      whyNot={policyNames.length === 0 ? 'Choose a policy.' : undefined}
      onClose={onClose}
    >
      <FormField label="Policies" stretch>
        <PoliciesPicker
          label="Policies"
          value={policyNames}
          without={look?.policyNames ?? []}
          onChange={setPolicyNames}
        />
      </FormField>
    </PlanDialog>
  )
}

interface DetachDialogProps extends DialogProps {
  readonly of: { readonly thing: CertificateThing } | { readonly policy: string }
}

/** Detaches a certificate from one thing, or one policy from it. */
export function DetachDialog({ certificate, of, onClose }: DetachDialogProps) {
  const { certificateId } = certificate
  const id = shortCertificateId(certificateId)
  const words =
    'thing' in of
      ? {
          title: `Detach the certificate ${id} from the thing ${of.thing.thingName}`,
          done: `The certificate is detached from the thing ${of.thing.thingName}`,
          action: 'Detach from thing',
          step: detachThingStep(certificateId, of.thing),
        }
      : {
          title: `Detach the policy ${of.policy} from the certificate ${id}`,
          done: `The policy ${of.policy} is detached`,
          action: 'Detach policy',
          step: detachPolicyStep(certificateId, of.policy),
        }
  const plan = usePlan(certificate, words.title, words.done, [words.step])
  return (
    <PlanDialog
      header={words.title}
      action={words.action}
      plan={plan}
      consequences={consequencesOf(certificate, of)}
      onClose={onClose}
    />
  )
}

function consequencesOf({ look }: CertificateDetail, of: DetachDialogProps['of']): readonly ReactNode[] {
  const connected = (look?.things ?? []).filter((thing) => thing.connected)
  const names = connected.map(({ clientId, thingName }) => clientId ?? thingName).join(', ')
  if ('policy' in of) {
    return [
      connected.length > 0 &&
        `Connected as its things now: ${names}. What this policy allows them ends within minutes.`,
      look?.policyNames.length === 1 &&
        'It is the only policy of its own: whoever connects with it may then do only what groups of its things allow.',
      'The policy itself stays, and can be attached again.',
    ].filter(Boolean)
  }
  return [
    of.thing.connected === true &&
      `${of.thing.thingName} is connected now${of.thing.clientId === undefined ? '' : ` as ${of.thing.clientId}`}. It stays connected, but its thing variables come up empty, and policies of the thing’s groups no longer hold for it.`,
    'The certificate stays as it is, and can be attached again. Thing variables of its policies no longer have the values of this thing.',
  ].filter(Boolean)
}
