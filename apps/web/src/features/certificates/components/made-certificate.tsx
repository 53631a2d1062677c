import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { shortCertificateId } from '../../../shared/certificate/certificate-id.ts'
import { Facts } from '../../../shared/details/facts.tsx'
import { DeviceFiles } from '../../../shared/device-package/device-files.tsx'
import { type SampleTopics, usualTopics } from '../../../shared/device-package/device-package.ts'
import { deviceEndpointQuery } from '../../../shared/device-package/device-queries.ts'
import { paths } from '../../../shared/paths.ts'
import type { MadeHere } from '../new-certificate.ts'

interface MadeCertificateProps {
  readonly made: MadeHere
  readonly onAnother: () => void
}

/** The certificate that was made, to take along. Its private key is here and nowhere else: it goes with the page. */
export function MadeCertificatePanel({ made, onAnother }: MadeCertificateProps) {
  const { certificateId, privateKey } = made
  const [clientId, setClientId] = useState(made.clientId)
  /** Undefined: those of the client id. */
  const [topics, setTopics] = useState<SampleTopics>()
  const [isSaved, setSaved] = useState(false)
  const endpoint = useQuery(deviceEndpointQuery)
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={onAnother} disabled={privateKey !== undefined && !isSaved}>
                Make another
              </Button>
              <Button href={paths.certificate(certificateId)}>Show certificate</Button>
            </SpaceBetween>
          }
        >
          Certificate {shortCertificateId(certificateId)}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Facts
          facts={[
            { label: 'Certificate id', copy: certificateId },
            { label: 'ARN', copy: made.certificateArn },
            endpoint.data && { label: 'Endpoint', copy: `${endpoint.data.host}:${endpoint.data.port}` },
          ]}
        />
        <DeviceFiles
          certificate={made}
          clientId={clientId}
          topics={topics ?? usualTopics(clientId)}
          onClientId={setClientId}
          onTopics={setTopics}
          isSaved={isSaved}
          onSaved={() => setSaved(true)}
        />
      </SpaceBetween>
    </Container>
  )
}
