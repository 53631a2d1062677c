import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import type { MadeCertificate, ProvisioningTemplateDetail } from '@thingdeck/contract'
import { KEY_KINDS, type KeyKind } from '../../../shared/certificate/key-kinds.ts'
import { NEW_CERTIFICATE, newCertificateSteps } from '../../../shared/certificate/new-certificate.ts'
import { SelectField, TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { usePlans } from '../../../shared/plan/plans.tsx'
import { createPolicyStep } from '../../../shared/policy-editor/create-policy-step.ts'
import { usePolicyHome } from '../../../shared/policy-editor/use-policy-home.ts'
import { CopyText } from '../../../shared/ui/copy-text.tsx'
import { type CertificateWay, claimPolicy } from './claim-policy.ts'

interface MakeClaimDialogProps {
  readonly template: ProvisioningTemplateDetail
  readonly onMade: (made: MadeCertificate, clientIdPrefix: string) => void
  readonly onUnmade: () => void
  readonly onClose: () => void
}

const WAYS: readonly { readonly value: CertificateWay; readonly label: string }[] = [
  { value: 'both', label: 'Keys made by AWS IoT, or by the device' },
  { value: 'keys', label: 'Keys made by AWS IoT alone (CreateKeysAndCertificate)' },
  { value: 'csr', label: 'Keys made by the device alone (CreateCertificateFromCsr)' },
]

/** A claim certificate for a production line, with a policy that allows this template and nothing else. */
export function MakeClaimDialog({ template: { templateName }, onMade, onUnmade, onClose }: MakeClaimDialogProps) {
  const client = useQueryClient()
  const home = usePolicyHome()
  const { start } = usePlans()
  const form = useForm({
    initial: { line: 'line-1', keyKind: NEW_CERTIFICATE.keyKind as KeyKind, way: 'both' as CertificateWay },
    rules: {
      line: (text) => (/^[A-Za-z0-9_-]{1,40}$/.test(text) ? undefined : 'Up to 40 letters, digits and _ -.'),
    },
    submit: async ({ line, keyKind, way }) => {
      const clientIdPrefix = prefixOf(line)
      const policyName = policyNameOf(templateName, line)
      const wanted = { ...NEW_CERTIFICATE, keyKind, commonName: `claim ${templateName} ${line}`.slice(0, 64) }
      start({
        id: `new claim ${crypto.randomUUID()}`,
        title: `Make a claim certificate for ${line}`,
        done: `The claim certificate for ${line} was made`,
        steps: [
          createPolicyStep({
            policyName,
            policyDocument: claimPolicy({ templateName, clientIdPrefix, way }, home),
          }),
          ...newCertificateSteps(
            wanted,
            { policyNames: [policyName], thingName: '' },
            { onMade: (made) => onMade(made, clientIdPrefix), onUnmade },
          ),
        ],
        onChange: () => void client.invalidateQueries(), // policies, certificates, and claims that follow from both
      })
      onClose()
    },
  })
  const { line, way } = form.values
  return (
    <FormDialog
      form={form}
      header="Make a claim certificate"
      action="Make claim certificate"
      failure="The claim certificate could not be made"
      onClose={onClose}
      size="large"
    >
      <SpaceBetween size="m">
        <TextField
          field={form.field('line')}
          label="Production line"
          description={`Client ids begin with ${prefixOf(line)}, and the policy is called ${policyNameOf(templateName, line)}. One claim for each line can be deactivated for itself.`}
        />
        <SelectField field={form.field('way')} label="How devices come by their certificate" options={WAYS} />
        <SelectField
          field={form.field('keyKind')}
          label="Key of the claim"
          description="It is made in this browser and never leaves it."
          options={KEY_KINDS.map((value) => ({ value, label: value }))}
        />
        <ExpandableSection headerText="The policy of the claim">
          <CopyText what="the policy" text={claimPolicy({ templateName, clientIdPrefix: prefixOf(line), way }, home)} />
        </ExpandableSection>
      </SpaceBetween>
    </FormDialog>
  )
}

const prefixOf = (line: string) => `${line}-`
const policyNameOf = (templateName: string, line: string) => `claim-${templateName}-${line}`
