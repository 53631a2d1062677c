import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { AUTHORITIES } from '../../shared/certificate/certificates-key.ts'
import { pemBegin } from '../../shared/certificate/pem.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { CheckField, RadioField, TextField } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { Commands } from '../../shared/ui/commands.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import { authorityPaths } from './authority-paths.ts'
import { TEMPLATE_RULES, TemplateFields, type TemplateValues, templateOf } from './components/template-fields.tsx'
import { verificationCommands } from './verification-commands.ts'

interface Values extends TemplateValues {
  readonly caCertificate: string
  readonly mode: 'DEFAULT' | 'SNI_ONLY'
  readonly proof: 'key' | 'own'
  readonly caPrivateKey: string
  readonly verificationCertificate: string
  readonly setAsActive: boolean
  readonly allowAutoRegistration: boolean
}

const MODES = [
  { value: 'DEFAULT', label: 'DEFAULT: prove that you have its key; no other account has it in this region' },
  {
    value: 'SNI_ONLY',
    label: 'SNI_ONLY: without proof; other accounts may register it, too, and devices have to send SNI',
  },
] as const

const PROOFS = [
  { value: 'key', label: 'Sign the proof here, with the private key of the CA' },
  { value: 'own', label: 'I make the verification certificate myself' },
] as const

const isPem = (text: string) => text.includes(pemBegin('CERTIFICATE'))
const NO_PEM = `Paste PEM that begins with ${pemBegin('CERTIFICATE')}.`

export function RegisterCertificateAuthorityPage() {
  const { history } = useRouter()
  const client = useQueryClient()
  usePageChrome({
    title: 'Register CA certificate',
    breadcrumbs: [
      { text: 'CA certificates', href: paths.certificateAuthorities() },
      { text: 'Register CA certificate', href: authorityPaths.register() },
    ],
  })
  const form = useForm<Values, { readonly certificateId: string }>({
    initial: {
      caCertificate: '',
      mode: 'DEFAULT',
      proof: 'key',
      caPrivateKey: '',
      verificationCertificate: '',
      setAsActive: true,
      allowAutoRegistration: false,
      from: 'none',
      templateName: '',
      templateBody: '',
      roleArn: '',
    },
    rules: {
      ...TEMPLATE_RULES,
      caCertificate: (text) => (isPem(text) ? undefined : NO_PEM),
      caPrivateKey: (text, { mode, proof }) =>
        mode === 'DEFAULT' && proof === 'key' && text.trim() === '' ? 'Paste the private key of the CA.' : undefined,
      verificationCertificate: (text, { mode, proof }) =>
        mode === 'DEFAULT' && proof === 'own' && !isPem(text) ? NO_PEM : undefined,
    },
    submit: async (values) => {
      const { caCertificate, mode, setAsActive, allowAutoRegistration } = values
      const verificationCertificate = mode === 'DEFAULT' ? await proofOf(values) : undefined
      const template = templateOf(values)
      return api(endpoints.registerCertificateAuthority, {
        body: {
          caCertificate,
          mode,
          setAsActive,
          allowAutoRegistration,
          ...(verificationCertificate !== undefined && { verificationCertificate }),
          ...(template && { template }),
        },
      })
    },
    onDone: ({ certificateId }) => {
      void client.invalidateQueries({ queryKey: AUTHORITIES })
      history.push(paths.certificateAuthority(certificateId))
    },
  })
  const { mode, proof, from, allowAutoRegistration } = form.values
  return (
    <SpaceBetween size="m">
      <PageHeader>Register CA certificate</PageHeader>
      <Form
        form={form}
        action="Register CA certificate"
        failure="The CA certificate could not be registered"
        unsaved="the new CA certificate"
        cancelHref={paths.certificateAuthorities()}
        whyNot={useWhyNot('admin')}
      >
        <TextField
          field={form.field('caCertificate')}
          label="CA certificate"
          placeholder={pemBegin('CERTIFICATE')}
          rows={6}
        />
        <RadioField field={form.field('mode')} label="Mode" options={MODES} />
        {mode === 'DEFAULT' && <RadioField field={form.field('proof')} label="Proof" options={PROOFS} />}
        {mode === 'DEFAULT' && proof === 'key' && (
          <SpaceBetween size="m">
            <TextField
              field={form.field('caPrivateKey')}
              label="Private key of the CA"
              description="PKCS #8, not encrypted. Of another one: openssl pkcs8 -topk8 -nocrypt -in ca.key.pem"
              placeholder={pemBegin('PRIVATE KEY')}
              rows={6}
            />
            <Alert type="info" header="The key stays in this page">
              A verification certificate is made and signed in your browser. It alone is sent, with the CA certificate.
            </Alert>
          </SpaceBetween>
        )}
        {mode === 'DEFAULT' && proof === 'own' && (
          <SpaceBetween size="m">
            <HowToVerify />
            <TextField
              field={form.field('verificationCertificate')}
              label="Verification certificate"
              placeholder={pemBegin('CERTIFICATE')}
              rows={6}
            />
          </SpaceBetween>
        )}
        <CheckField field={form.field('setAsActive')}>Activate it</CheckField>
        <CheckField
          field={form.field('allowAutoRegistration')}
          description="A device whose certificate it signed is registered when it connects first, as PENDING_ACTIVATION."
        >
          Have it register certificates by itself
        </CheckField>
        <TemplateFields form={form} mayBeNone />
        {from !== 'none' && !allowAutoRegistration && (
          <Alert type="warning">
            No device is provisioned by the template as long as the CA does not register certificates by itself: their
            certificates are not known.
          </Alert>
        )}
      </Form>
    </SpaceBetween>
  )
}

/** The verification certificate, made here where the key is given. */
async function proofOf({ proof, caCertificate, caPrivateKey, verificationCertificate }: Values): Promise<string> {
  if (proof === 'own') return verificationCertificate
  const { registrationCode } = await api(endpoints.getRegistrationCode)
  const { makeVerificationCertificate } = await import('./verification-certificate.ts') // large, and seldom needed
  return makeVerificationCertificate({
    caCertificatePem: caCertificate,
    caPrivateKeyPem: caPrivateKey,
    registrationCode,
    nowMs: serverNow(),
  })
}

function HowToVerify() {
  const { data, error, refetch } = useQuery({
    queryKey: [...AUTHORITIES, 'registration code'],
    queryFn: ({ signal }) => api(endpoints.getRegistrationCode, { signal }),
  })
  if (error)
    return <ErrorAlert error={error} what="The registration code could not be read" onRetry={() => void refetch()} />
  return data ? (
    <Commands what="Verification certificate" text={verificationCommands(data.registrationCode)} />
  ) : (
    <Loading what="registration code" />
  )
}
