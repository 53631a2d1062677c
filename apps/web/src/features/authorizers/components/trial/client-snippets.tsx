import Alert from '@cloudscape-design/components/alert'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
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

/** Where custom authentication listens at AWS (AWS IoT Core developer guide, "Protocols, port mappings, and authentication"). */
const AWS_PORT = 443

/** Clients that send exactly what was tried. */
export function ClientSnippets({ sent, host = 'ENDPOINT', domain }: ClientSnippetsProps) {
  const endpoint = useQuery(deviceEndpointQuery)
  const own = endpoint.data?.awsEndpointUrl === undefined ? undefined : new URL(endpoint.data.awsEndpointUrl)
  const [topic, setTopic] = useState<string>()
  const [port, setPort] = useState<string>()
  const published = topic ?? `dt/${sent.clientId || 'pump-7'}/telemetry`
  const snippets = snippetsOf({
    sent,
    host,
    port: Number(port ?? AWS_PORT),
    topic: published,
    ...(own && { caFile: 'root-ca.pem' }),
  })
  return (
    <ExpandableSection
      variant="container"
      headerText="Clients that send this"
      headerDescription="With the values as they are written above, secrets included: copy them with care."
    >
      <SpaceBetween size="m">
        {own && (
          <Alert type="info">
            This is an embedded server: its ports and its certificate are its own. It says at its start where devices
            connect by HTTPS and ALPN, and its CA is among the files of a device.
          </Alert>
        )}
        {domain?.domainType === 'CUSTOMER_MANAGED' && (
          <Alert type="info">The client has to trust the certificate of your domain.</Alert>
        )}
        <SpaceBetween direction="horizontal" size="m">
          <FormField label="Topic">
            <Input value={published} onChange={({ detail }) => setTopic(detail.value)} spellcheck={false} />
          </FormField>
          <FormField label="Port" description="443 at AWS">
            <Input
              value={port ?? String(AWS_PORT)}
              inputMode="numeric"
              onChange={({ detail }) => setPort(detail.value.replaceAll(/\D/g, ''))}
            />
          </FormField>
        </SpaceBetween>
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
