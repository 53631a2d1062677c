import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { MadeCertificate } from '@thingdeck/contract'
import { useState } from 'react'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { UnsavedGuard } from '../unsaved/unsaved-guard.tsx'
import type { SampleTopics } from './device-package.ts'
import { deviceEndpointQuery, rootCaQuery } from './device-queries.ts'
import { saveDevicePackage } from './save-device-package.ts'

interface DeviceFilesProps {
  /** With its private key, where this page has that: it is there and nowhere else. */
  readonly certificate: Pick<MadeCertificate, 'certificateId' | 'certificatePem' | 'privateKey'>
  readonly clientId: string
  readonly topics: SampleTopics
  /** Absent: the client id is what it is. */
  readonly onClientId?: (clientId: string) => void
  readonly onTopics: (topics: SampleTopics) => void
  /** The private key, if there is one, was handed to the browser to be kept. */
  readonly isSaved: boolean
  readonly onSaved: () => void
}

/** What a device needs, as an archive to take along: it holds the only copy of a private key that was made here. */
export function DeviceFiles(props: DeviceFilesProps) {
  const { certificate, clientId, topics, onClientId, onTopics, isSaved, onSaved } = props
  const { certificateId, certificatePem, privateKey } = certificate
  const endpoint = useQuery(deviceEndpointQuery)
  const rootCa = useQuery(rootCaQuery)
  const [failure, setFailure] = useState<Error>()
  const save = async (place: NonNullable<typeof endpoint.data>) => {
    try {
      await saveDevicePackage({
        place,
        clientId,
        topics,
        certificateId,
        certificatePem,
        ...(privateKey !== undefined && { privateKeyPem: privateKey }),
        ...(rootCa.data && { rootCaPem: rootCa.data.pem }),
      })
      setFailure(undefined)
      onSaved()
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)))
    }
  }
  const isAtStake = privateKey !== undefined && !isSaved
  return (
    <SpaceBetween size="l">
      <UnsavedGuard what="the private key, which is nowhere else" isUnsaved={() => isAtStake} />
      {isAtStake && (
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
      {failure && <ErrorAlert error={failure} what="The archive could not be made" />}
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
      <ColumnLayout columns={onClientId ? 3 : 2}>
        {onClientId && (
          <FormField label="Client id" description="A device that is a thing usually has the thing’s name." stretch>
            <Input value={clientId} spellcheck={false} onChange={({ detail }) => onClientId(detail.value)} />
          </FormField>
        )}
        <FormField label="Samples send to" description="A topic that its policies allow." stretch>
          <Input
            value={topics.publish}
            spellcheck={false}
            onChange={({ detail }) => onTopics({ ...topics, publish: detail.value })}
          />
        </FormField>
        <FormField label="Samples listen to" description="A topic filter that they allow." stretch>
          <Input
            value={topics.subscribe}
            spellcheck={false}
            onChange={({ detail }) => onTopics({ ...topics, subscribe: detail.value })}
          />
        </FormField>
      </ColumnLayout>
      <Button
        variant={isSaved ? 'normal' : 'primary'}
        iconName="download"
        disabled={!endpoint.data || rootCa.isPending || clientId === '' || topics.publish === ''}
        onClick={() => void (endpoint.data && save(endpoint.data))}
      >
        Download as a zip
      </Button>
      <Box color="text-body-secondary">
        {privateKey === undefined ? 'Certificate' : 'Private key, certificate'}, root CA, and samples that run:
        mosquitto, Node.js, Python and C (ESP-IDF), with endpoint, port, client id and topics filled in.
      </Box>
    </SpaceBetween>
  )
}
