import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { NEW_CERTIFICATE } from '../../shared/certificate/new-certificate.ts'
import { NewCertificateFields, WAY_OPTIONS } from '../../shared/certificate/new-certificate-fields.tsx'
import { LIMITS, RULES } from '../../shared/certificate/new-certificate-rules.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { CheckField, FieldRow, RadioField, TextField } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { PoliciesPicker } from '../../shared/pickers/policy-picker.tsx'
import { usePlans } from '../../shared/plan/plans.tsx'
import type { SearchProps } from '../../shared/search-props.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { CERTIFICATES } from './api.ts'
import { MadeCertificatePanel } from './components/made-certificate.tsx'
import { creationPlan, type MadeHere, type WantedCertificate } from './new-certificate.ts'
import type { CreateCertificateSearch } from './search.ts'

const NEW: WantedCertificate = { ...NEW_CERTIFICATE, thingName: '', isExclusive: false, policyNames: [] }

/** What a sample calls itself where no thing says it. */
const SOME_CLIENT = 'my-device'

/**
 * Makes a certificate, or registers one. What it makes is on the page until it is left, private keys in its memory
 * alone.
 */
export function CreateCertificatePage({ search: { thing } }: SearchProps<CreateCertificateSearch>) {
  const client = useQueryClient()
  const { start } = usePlans()
  const [made, setMade] = useState<MadeHere>()
  const whyNot = useWhyNot('admin')
  usePageChrome({
    title: 'Create certificate',
    breadcrumbs: [
      { text: 'Certificates', href: paths.certificates() },
      { text: 'Create certificate', href: paths.createCertificate() },
    ],
  })
  const form = useForm({
    initial: { ...NEW, ...(thing !== undefined && { thingName: thing, commonName: thing.slice(0, 64) }) },
    limits: LIMITS,
    rules: RULES,
    submit: async (wanted) => {
      start(
        creationPlan(wanted, {
          onMade: (certificate) => setMade({ ...certificate, clientId: wanted.thingName || SOME_CLIENT }),
          onUnmade: () => setMade(undefined),
          onChange: () => void client.invalidateQueries({ queryKey: CERTIFICATES }),
        }),
      )
    },
  })
  const { way } = form.values
  return (
    <SpaceBetween size="m">
      <PageHeader>Create certificate</PageHeader>
      {made ? (
        <MadeCertificatePanel made={made} onAnother={() => setMade(undefined)} />
      ) : (
        <Form
          form={form}
          action={way === 'ca' || way === 'without-ca' ? 'Register certificate' : 'Create certificate'}
          failure="The certificate could not be created"
          unsaved="the new certificate"
          cancelHref={paths.certificates()}
          whyNot={whyNot}
        >
          <RadioField field={form.field('way')} label="Key and certificate" options={WAY_OPTIONS} />
          <NewCertificateFields
            way={way}
            fields={{
              keyKind: form.field('keyKind'),
              commonName: form.field('commonName'),
              requestPem: form.field('requestPem'),
              certificatePem: form.field('certificatePem'),
              caCertificatePem: form.field('caCertificatePem'),
            }}
          />
          <TextField
            field={form.field('thingName')}
            label="Thing, optional"
            description="Its device will connect with the certificate. The thing has to be there already."
          />
          {form.values.thingName !== '' && (
            <CheckField
              field={form.field('isExclusive')}
              description="Then it can be attached to no other thing, and a device may use any client id."
            >
              Attach exclusively
            </CheckField>
          )}
          <FieldRow
            field={form.field('policyNames')}
            label="Policies, optional"
            description="Without any, whoever connects with it may do only what groups of its thing allow."
          >
            <PoliciesPicker
              label="Policies"
              value={form.values.policyNames}
              onChange={(policyNames) => form.change({ policyNames })}
            />
          </FieldRow>
          <CheckField
            field={form.field('isActive')}
            description="Devices can connect with it at once. Else, as soon as somebody activates it."
          >
            Active
          </CheckField>
        </Form>
      )}
    </SpaceBetween>
  )
}
