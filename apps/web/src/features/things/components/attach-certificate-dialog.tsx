import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import { useQuery } from '@tanstack/react-query'
import type { CertificateDetail, ThingDetails } from '@thingdeck/contract'
import { useState } from 'react'
import { certificateDetailQuery } from '../../../shared/certificate/certificate-detail-query.ts'
import { certificateIdOf, isCertificateId } from '../../../shared/certificate/certificate-id.ts'
import { FoundCertificatePicker } from '../../../shared/pickers/found-certificate-picker.tsx'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { fewOf } from '../../../shared/text/few-of.ts'
import { attachPrincipalStep } from '../principal-steps.ts'
import { useThingPlan } from '../use-thing-plan.ts'

/** So many of the other things of a certificate are named. */
const OTHERS_NAMED = 5
interface AttachCertificateDialogProps {
  readonly details: ThingDetails
  readonly onClose: () => void
}

/** Attaches a certificate that is there, found by its id, its subject or its things. */
export function AttachCertificateDialog({ details, onClose }: AttachCertificateDialogProps) {
  const { thingName } = details.thing
  const planOf = useThingPlan(thingName)
  const [text, setText] = useState('')
  const [isExclusive, setExclusive] = useState(false)
  const isWhole = isCertificateId(text)
  const chosen = useQuery({ ...certificateDetailQuery(text.toLowerCase()), enabled: isWhole })
  const attached = new Set((details.principals.value ?? []).map(({ principal }) => certificateIdOf(principal)))
  const certificate = isWhole ? chosen.data : undefined
  const title = `Attach a certificate to the thing ${thingName}`
  return (
    <PlanDialog
      header={title}
      action="Attach certificate"
      plan={planOf({
        title,
        done: `The certificate is attached to the thing ${thingName}`,
        steps: certificate
          ? [
              attachPrincipalStep(
                thingName,
                certificate.certificateArn,
                isExclusive ? 'EXCLUSIVE_THING' : 'NON_EXCLUSIVE_THING',
              ),
            ]
          : [],
      })}
      consequences={consequencesOf(certificate)}
      whyNot={whyNot()}
      onClose={onClose}
    >
      <FormField
        label="Certificate"
        description="Its whole id, or part of its id, subject or things to find it by."
        errorText={isWhole ? chosen.error?.message : undefined}
        stretch
      >
        <FoundCertificatePicker label="Certificate" value={text} without={attached} onChange={setText} />
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

  function whyNot(): string | undefined {
    if (text === '') return 'Choose a certificate.'
    if (!isWhole) return 'Choose one of the list, or give its whole id: 64 hexadecimal digits.'
    if (attached.has(text.toLowerCase())) return 'It is attached to this thing.'
    if (chosen.error) return chosen.error.message
    if (!certificate) return 'It is being looked at.'
    const things = certificate.look?.things ?? []
    const holder = things.find(({ type }) => type === 'EXCLUSIVE_THING')
    if (holder) return `It is attached to the thing ${holder.thingName} exclusively: detach it there first.`
    if (isExclusive && things[0]) return `It is attached to ${things[0].thingName} already, so not exclusively.`
    return undefined
  }
}

function consequencesOf(certificate: CertificateDetail | undefined) {
  const { status, look } = certificate ?? {}
  const others = (look?.things ?? []).map(({ thingName }) => thingName)
  return [
    'Whoever connects with it can be this thing: thing variables of its policies have the thing’s values, where the client id is the thing’s name or it is attached exclusively.',
    'Policies of the thing’s groups hold for it, too.',
    status !== undefined &&
      status !== 'ACTIVE' &&
      `It is ${status.toLowerCase()}: no device connects with it until it is activated.`,
    look?.policyNames.length === 0 && 'No policy is attached to it: it may do only what groups of its things allow.',
    others.length > 0 &&
      `It is also attached to ${fewOf(others, OTHERS_NAMED)}: devices that share a certificate cannot be told apart by it.`,
  ].filter((each) => typeof each === 'string')
}
