import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { shortCertificateId } from '../../../shared/certificate/certificate-id.ts'
import { Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { saveFile } from '../../../shared/save-file.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { UnsavedGuard } from '../../../shared/unsaved/unsaved-guard.tsx'
import { deviceEndpointQuery, rootCaQuery } from '../api.ts'
import type { MadeHere } from '../new-certificate.ts'
import { packageFiles } from '../package/package-files.ts'

interface MadeCertificateProps {
  readonly made: MadeHere
  readonly onAnother: () => void
}

/** The certificate that was made, to take along. Its private key is here and nowhere else: it goes with the page. */
export function MadeCertificatePanel({ made, onAnother }: MadeCertificateProps) {
  const { certificateId, certificatePem, privateKey } = made
  const [clientId, setClientId] = useState(made.clientId)
  const [isSaved, setSaved] = useState(false)
  const endpoint = useQuery(deviceEndpointQuery)
  const rootCa = useQuery(rootCaQuery)
  const download = async () => {
    if (!endpoint.data) return
    const { zipPackage } = await import('../../../shared/zip-package.ts')
    const name = `${clientId.replace(/[^\w.-]/g, '_')}-${certificateId.slice(0, 8)}`
    const files = packageFiles({
      place: endpoint.data,
      clientId,
      certificateId,
      certificatePem,
      ...(privateKey !== undefined && { privateKeyPem: privateKey }),
      ...(rootCa.data && { rootCaPem: rootCa.data.pem }),
    })
    saveFile(zipPackage(name, files), `${name}.zip`)
    setSaved(true)
  }
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
      <UnsavedGuard
        what="the private key, which is nowhere else"
        isUnsaved={() => privateKey !== undefined && !isSaved}
      />
      <SpaceBetween size="l">
        {privateKey !== undefined && !isSaved && (
          <Alert type="warning" header="Download the private key now">
            It is in the memory of this page and nowhere else. When the page is left or loaded anew, it is gone, and the
            certificate is of no use.
          </Alert>
        )}
        {isSaved && (
          <StatusIndicator type="success">
            {privateKey === undefined ? 'Downloaded.' : 'Downloaded, with the private key: keep the archive secret.'}
          </StatusIndicator>
        )}
        <Facts
          facts={[
            { label: 'Certificate id', copy: certificateId },
            { label: 'ARN', copy: made.certificateArn },
            endpoint.data && { label: 'Endpoint', copy: `${endpoint.data.host}:${endpoint.data.port}` },
          ]}
        />
        {endpoint.error && (
          <ErrorAlert
            error={endpoint.error}
            what="Where devices connect could not be read"
            onRetry={() => void endpoint.refetch()}
          />
        )}
        {rootCa.error && (
          <ErrorAlert
            error={rootCa.error}
            what="The root certificate could not be fetched: the archive will say where it is"
            onRetry={() => void rootCa.refetch()}
          />
        )}
        <FormField
          label="Client id"
          description="Of the samples. A device that is a thing usually has the thing’s name."
        >
          <Input value={clientId} spellcheck={false} onChange={({ detail }) => setClientId(detail.value)} />
        </FormField>
        <Button
          variant="primary"
          iconName="download"
          disabled={!endpoint.data || rootCa.isPending || clientId === ''}
          onClick={() => void download()}
        >
          Download as a zip
        </Button>
        <Box color="text-body-secondary">
          {privateKey === undefined ? 'Certificate' : 'Private key, certificate'}, root CA, and samples that run:
          mosquitto, Node.js, Python and ESP-IDF, with endpoint, port and client id filled in.
        </Box>
      </SpaceBetween>
    </Container>
  )
}
