import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { CertificateId, type RoleAlias, type RoleAliasTrial, ThingName } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { FieldRow } from '../../../shared/form/fields.tsx'
import { FormElement } from '../../../shared/form/form-element.tsx'
import { SENDS_FORM } from '../../../shared/form/submitting-form.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { paths } from '../../../shared/paths.ts'
import { CertificatePicker } from '../../../shared/pickers/certificate-picker.tsx'
import { ThingPicker } from '../../../shared/pickers/thing-picker.tsx'
import type { SearchProps } from '../../../shared/search-props.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Commands } from '../../../shared/ui/commands.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { roleAliasTrialQuery } from '../api.ts'
import { credentialsCommand } from '../credentials-command.ts'
import { durationInWords } from '../duration-words.ts'
import type { RoleAliasSearch } from '../search.ts'

interface RoleAliasTrialFormProps extends SearchProps<RoleAliasSearch> {
  readonly alias: RoleAlias
}

/** Asks whether a certificate would get credentials, before a device does. */
export function RoleAliasTrialForm({ alias, search, setSearch }: RoleAliasTrialFormProps) {
  const { certificate, thing } = search
  const form = useForm({
    initial: { certificate: certificate ?? '', thing: thing ?? '' },
    limits: {
      certificate: limitsOf(CertificateId, 'the 64 hexadecimal digits of a certificate id'),
      thing: { ...limitsOf(ThingName, 'letters, digits and : _ -'), minLength: 0, isRequired: false },
    },
    submit: async (values) => values,
    onDone: (values) =>
      setSearch({ certificate: values.certificate, thing: values.thing === '' ? undefined : values.thing }),
  })
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Which device</Header>}>
        <FormElement form={form} whyNot={undefined}>
          <SpaceBetween size="m">
            <ColumnLayout columns={2}>
              <FieldRow
                field={form.field('thing')}
                label="Thing, optional"
                description="Where the device names it. Its groups' policies count then, too."
              >
                <ThingPicker
                  value={form.values.thing}
                  onChange={(name) => form.change({ thing: name })}
                  onBlur={form.field('thing').leave}
                />
              </FieldRow>
              <FieldRow
                field={form.field('certificate')}
                label="Certificate id"
                description="Of the certificate that the device asks with: those of the thing are offered, or else the newest of the account."
              >
                <CertificatePicker
                  thingName={form.values.thing}
                  value={form.values.certificate}
                  onChange={(id) => form.change({ certificate: id })}
                  onBlur={form.field('certificate').leave}
                />
              </FieldRow>
            </ColumnLayout>
            <Button variant="primary" nativeButtonAttributes={SENDS_FORM}>
              Try the role alias
            </Button>
          </SpaceBetween>
        </FormElement>
      </Container>
      {certificate !== undefined && (
        <Outcome key={`${certificate} ${thing}`} alias={alias} certificate={certificate} thing={thing} />
      )}
    </SpaceBetween>
  )
}

interface OutcomeProps {
  readonly alias: RoleAlias
  readonly certificate: string
  readonly thing: string | undefined
}

function Outcome({ alias, certificate, thing }: OutcomeProps) {
  const { data, error, refetch } = useQuery(roleAliasTrialQuery(alias.roleAlias, certificate, thing))
  if (error) return <ErrorAlert error={error} what="It could not be tried" onRetry={() => void refetch()} />
  if (!data) return <Loading what="the decision" />
  const refusal = whyRefused(data, thing)
  return (
    <SpaceBetween size="m">
      <Alert
        type={refusal === undefined ? 'success' : 'error'}
        header={refusal === undefined ? 'It gets credentials' : 'It gets no credentials'}
      >
        {visible(refusal ?? data.why)}
      </Alert>
      <Container
        header={
          <Header
            variant="h2"
            description="With the files of the device: its certificate and its private key. The answer has an access key, a secret and a session token."
          >
            How the device asks
          </Header>
        }
      >
        <SpaceBetween size="m">
          <Commands what="How the device asks" text={credentialsCommand(data, thing)} />
          <Facts
            facts={[
              { label: 'Credentials are good for', value: durationInWords(alias.credentialDurationSeconds) },
              { label: 'Role', copy: alias.roleArn, what: 'ARN of the role' },
              {
                label: 'Policies of the certificate',
                list: data.policyNames.map((name) => (
                  <Link key={name} href={paths.policy(name)}>
                    <NameText text={name} />
                  </Link>
                )),
              },
            ]}
          />
          <Box color="text-body-secondary">
            Whether the role trusts credentials.iot.amazonaws.com is IAM's: this page cannot see it. Where it does not,
            the device gets 403 though its policies allow it.
          </Box>
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  )
}

/** What AWS would refuse first; undefined: nothing. */
function whyRefused(trial: RoleAliasTrial, thing: string | undefined): string | undefined {
  if (trial.certificateStatus !== 'ACTIVE')
    return `The certificate is ${trial.certificateStatus}: AWS IoT ends the TLS handshake. Activate it first.`
  if (trial.isThingAttached === false)
    return `The certificate is not attached to ${thing}: AWS IoT refuses a thing name of another device.`
  return trial.decision === 'ALLOWED' ? undefined : trial.why
}
