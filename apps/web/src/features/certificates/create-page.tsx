import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { KEY_KINDS } from '../../shared/certificate/key-kinds.ts'
import { PolicyPicker } from '../../shared/certificate/policy-picker.tsx'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { CheckField, FieldRow, RadioField, SelectField, TextField } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { paths } from '../../shared/paths.ts'
import { usePlans } from '../../shared/plan/plans.tsx'
import type { SearchProps } from '../../shared/search-props.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { CERTIFICATES } from './api.ts'
import { MadeCertificatePanel } from './components/made-certificate.tsx'
import { creationPlan, type MadeHere, type NewCertificate, WAY_WORDS, WAYS } from './new-certificate.ts'
import { LIMITS, RULES } from './new-certificate-rules.ts'
import type { CreateCertificateSearch } from './search.ts'

const NEW: NewCertificate = {
  way: 'browser',
  keyKind: 'EC P-256',
  commonName: 'AWS IoT Certificate',
  requestPem: '',
  certificatePem: '',
  caCertificatePem: '',
  isActive: true,
  thingName: '',
  policyNames: [],
}

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
      <Header variant="h1">Create certificate</Header>
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
          <RadioField
            field={form.field('way')}
            label="Key and certificate"
            options={WAYS.map((value) => ({
              value,
              label: WAY_WORDS[value].label,
              description: WAY_WORDS[value].description,
            }))}
          />
          {way === 'browser' && (
            <SelectField
              field={form.field('keyKind')}
              label="Key"
              description="Elliptic curves are smaller and faster on devices; RSA is for those that know nothing else."
              options={KEY_KINDS.map((value) => ({ value, label: value }))}
            />
          )}
          {way === 'browser' && (
            <TextField
              field={form.field('commonName')}
              label="Common name"
              description="In the certificate. Policies can ask for it as iot:Certificate.Subject.CommonName."
            />
          )}
          {way === 'csr' && (
            <TextField
              field={form.field('requestPem')}
              label="Certificate signing request"
              description="PKCS #10 as PEM, of an RSA key of at least 2048 bits or a key on P-256, P-384 or P-521."
              rows={10}
              placeholder="-----BEGIN CERTIFICATE REQUEST-----"
            />
          )}
          {(way === 'ca' || way === 'without-ca') && (
            <TextField
              field={form.field('certificatePem')}
              label="Certificate"
              description="As PEM."
              rows={10}
              placeholder="-----BEGIN CERTIFICATE-----"
            />
          )}
          {way === 'ca' && (
            <TextField
              field={form.field('caCertificatePem')}
              label="Certificate of the CA, optional"
              description="Needed where several registered CAs have the same subject."
              rows={6}
              placeholder="-----BEGIN CERTIFICATE-----"
            />
          )}
          <TextField
            field={form.field('thingName')}
            label="Thing, optional"
            description="Its device will connect with the certificate. The thing has to be there already."
          />
          <FieldRow
            field={form.field('policyNames')}
            label="Policies, optional"
            description="Without any, whoever connects with it may do only what groups of its thing allow."
          >
            <PolicyPicker
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
