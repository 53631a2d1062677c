import Alert from '@cloudscape-design/components/alert'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import type { DomainConfiguration } from '@thingdeck/contract'
import { visible } from '../../../../shared/text/visible.tsx'
import type { TrialSearch } from '../../search.ts'
import { type Presented, type Sent, TRANSPORTS, type Transport } from '../../trial/sent.ts'

const TRANSPORT_WORDS: Readonly<Record<Transport, { readonly label: string; readonly description: string }>> = {
  mqtt: { label: 'MQTT over TLS', description: 'Port 443 with the ALPN protocol mqtt' },
  wss: { label: 'MQTT over WebSocket', description: 'Port 443, GET /mqtt' },
  https: { label: 'HTTPS', description: 'Port 443, POST /topics/…: publishing alone' },
}

interface CredentialsProps {
  readonly sent: Sent
  readonly onChange: (change: Partial<Sent>) => void
  readonly search: TrialSearch
  readonly setSearch: (change: Partial<{ [K in keyof TrialSearch]: TrialSearch[K] | undefined }>) => void
  readonly domains: readonly DomainConfiguration[] | undefined
  /** The one that is meant, where there is such a one. */
  readonly domain: DomainConfiguration | undefined
  readonly presented: Presented
}

const NO_DOMAIN = { value: '', label: 'The account’s own endpoint', description: 'No domain configuration decides' }

/** What the client sends, letter by letter. */
export function Credentials({ sent, onChange, search, setSearch, domains = [], domain, presented }: CredentialsProps) {
  const { transport } = sent
  const transports = TRANSPORTS.map((value) => ({ value, ...TRANSPORT_WORDS[value] }))
  const hosts = [
    NO_DOMAIN,
    ...domains.map(({ domainConfigurationName, domainName, status }) => ({
      value: domainConfigurationName,
      label: domainConfigurationName,
      description: `${domainName ?? 'no host'}${status === 'DISABLED' ? ', disabled' : ''}`,
    })),
  ]
  return (
    <SpaceBetween size="m">
      <ColumnLayout columns={2}>
        <FormField label="How the client comes">
          <Select
            options={transports}
            selectedOption={transports.find(({ value }) => value === transport) ?? null}
            onChange={({ detail }) =>
              setSearch({ over: TRANSPORTS.find((each) => each === detail.selectedOption.value) })
            }
          />
        </FormField>
        <FormField label="Where it connects" description="The server name of its TLS handshake says it.">
          <Select
            options={hosts}
            selectedOption={
              hosts.find(({ value }) => value === (search.domain ?? domain?.domainConfigurationName ?? '')) ?? {
                value: search.domain ?? '',
                label: `${search.domain}, which there is not`,
              }
            }
            onChange={({ detail }) => setSearch({ domain: detail.selectedOption.value || undefined, host: undefined })}
          />
        </FormField>
      </ColumnLayout>
      {transport !== 'mqtt' && <HttpFields sent={sent} onChange={onChange} />}
      {transport !== 'https' && (
        <MqttFields
          sent={sent}
          onChange={onChange}
          onClientId={(client) => setSearch({ client: client || undefined })}
        />
      )}
      {presented.problems.map((problem) => (
        <Alert key={problem} type="warning">
          {visible(problem)}
        </Alert>
      ))}
    </SpaceBetween>
  )
}

interface FieldsProps {
  readonly sent: Sent
  readonly onChange: (change: Partial<Sent>) => void
}

function HttpFields({ sent, onChange }: FieldsProps) {
  return (
    <ColumnLayout columns={2}>
      <FormField
        label="Query"
        description="What stands behind the question mark of the address."
        constraintText="key=value, joined by &, with %XX where needed."
      >
        <Textarea
          value={sent.query}
          rows={3}
          spellcheck={false}
          onChange={({ detail }) => onChange({ query: detail.value })}
        />
      </FormField>
      <FormField
        label="Headers"
        description="A browser cannot set any over WebSocket: it has the query."
        constraintText="Name: value, one a line."
      >
        <Textarea
          value={sent.headers}
          rows={3}
          spellcheck={false}
          onChange={({ detail }) => onChange({ headers: detail.value })}
        />
      </FormField>
    </ColumnLayout>
  )
}

function MqttFields({ sent, onChange, onClientId }: FieldsProps & { readonly onClientId: (clientId: string) => void }) {
  return (
    <>
      <FormField
        label="User name"
        description="Of MQTT’s CONNECT: name?key=value&key=value. The signature has to be percent-encoded."
        stretch
      >
        <Textarea
          value={sent.userName}
          rows={2}
          spellcheck={false}
          placeholder="name?x-amz-customauthorizer-name=AUTHORIZER&token=TOKEN&x-amz-customauthorizer-signature=SIGNATURE"
          onChange={({ detail }) => onChange({ userName: detail.value })}
        />
      </FormField>
      <ColumnLayout columns={2}>
        <FormField label="Password" description="The function gets its bytes as base64.">
          <Input
            type="password"
            value={sent.password}
            autoComplete={false}
            onChange={({ detail }) => onChange({ password: detail.value })}
          />
        </FormField>
        <FormField label="Client id">
          <Input
            value={sent.clientId}
            autoComplete={false}
            spellcheck={false}
            onChange={({ detail }) => onClientId(detail.value)}
          />
        </FormField>
      </ColumnLayout>
    </>
  )
}
