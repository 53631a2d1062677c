import Alert from '@cloudscape-design/components/alert'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { useQuery } from '@tanstack/react-query'
import type { DomainConfiguration } from '@thingdeck/contract'
import { useState } from 'react'
import { deviceEndpointQuery } from '../../../../shared/device-package/device-queries.ts'
import { Commands } from '../../../../shared/ui/commands.tsx'
import { snippetsOf } from '../../trial/client-snippets.ts'
import type { Sent } from '../../trial/sent.ts'

interface ClientSnippetsProps {
  readonly sent: Sent
  readonly host: string | undefined
  readonly domain: DomainConfiguration | undefined
}

/** Clients that send exactly what was tried. */
export function ClientSnippets({ sent, host = 'ENDPOINT', domain }: ClientSnippetsProps) {
  const endpoint = useQuery(deviceEndpointQuery)
  // AWS's own certificates are of a public CA.
  const rootCaUrl = endpoint.data?.awsEndpointUrl === undefined ? undefined : endpoint.data.rootCaUrl
  const [topic, setTopic] = useState<string>()
  const published = topic ?? `dt/${sent.clientId || 'pump-7'}/telemetry`
  const snippets = snippetsOf({
    sent,
    host,
    port: endpoint.data?.alpnPort ?? 443,
    topic: published,
    ...(rootCaUrl !== undefined && { caFile: 'root-ca.pem' }),
  })
  return (
    <ExpandableSection
      variant="container"
      headerText="Clients that send this"
      headerDescription="With the values as they are written above, secrets included: copy them with care."
    >
      <SpaceBetween size="m">
        {rootCaUrl !== undefined && (
          <Alert type="info">
            This server’s certificate is its own: save{' '}
            <Link href={rootCaUrl} external>
              its CA
            </Link>{' '}
            as root-ca.pem.
          </Alert>
        )}
        {domain?.domainType === 'CUSTOMER_MANAGED' && (
          <Alert type="info">The client has to trust the certificate of your domain.</Alert>
        )}
        <FormField label="Topic">
          <Input
            value={published}
            spellcheck={false}
            autoComplete={false}
            onChange={({ detail }) => setTopic(detail.value)}
          />
        </FormField>
        <Tabs
          ariaLabel="Clients"
          tabs={snippets.map(({ client, text }) => ({
            id: client,
            label: client,
            content: <Commands what={client} text={text} />,
          }))}
        />
      </SpaceBetween>
    </ExpandableSection>
  )
}
