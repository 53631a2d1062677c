import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { deviceEndpointQuery, rootCaQuery } from '../../../shared/device-package/device-queries.ts'
import { messageOf } from '../../../shared/message-of.ts'
import { saveFile } from '../../../shared/save-file.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { UnsavedGuard } from '../../../shared/unsaved/unsaved-guard.tsx'
import { type ClaimPackage, claimFiles } from './claim-package.ts'

interface ClaimFilesProps {
  readonly claim: Omit<ClaimPackage, 'place' | 'rootCaPem'>
  readonly isSaved: boolean
  readonly onSaved: () => void
}

/** The claim as an archive: it holds the only copy of the private key. */
export function ClaimFiles({ claim, isSaved, onSaved }: ClaimFilesProps) {
  const endpoint = useQuery(deviceEndpointQuery)
  const rootCa = useQuery(rootCaQuery)
  const [failure, setFailure] = useState<string>()
  const save = async (place: NonNullable<typeof endpoint.data>) => {
    try {
      const { zipPackage } = await import('../../../shared/zip-package.ts')
      const name = `claim-${claim.templateName}-${claim.certificateId.slice(0, 8)}`
      const files = claimFiles({ ...claim, place, ...(rootCa.data && { rootCaPem: rootCa.data.pem }) })
      saveFile(zipPackage(name, files), `${name}.zip`)
      setFailure(undefined)
      onSaved()
    } catch (error) {
      setFailure(messageOf(error))
    }
  }
  return (
    <SpaceBetween size="s">
      <UnsavedGuard what="the private key of the claim, which is nowhere else" isUnsaved={() => !isSaved} />
      {isSaved ? (
        <StatusIndicator type="success">Downloaded, with the private key: keep the archive secret.</StatusIndicator>
      ) : (
        <Alert type="warning" header="Download the private key now">
          It is in the memory of this page and nowhere else. When the page is left or loaded anew, it is gone.
        </Alert>
      )}
      {failure !== undefined && <Alert type="error">{`The archive could not be made: ${failure}`}</Alert>}
      {endpoint.error && <ErrorAlert error={endpoint.error} what="Where devices connect could not be read" />}
      <Button
        variant={isSaved ? 'normal' : 'primary'}
        iconName="download"
        disabled={!endpoint.data || rootCa.isPending}
        onClick={() => void (endpoint.data && save(endpoint.data))}
      >
        Download as a zip
      </Button>
      <span className="td-weak">
        Private key, certificate, root CA, and a device in Node.js that is provisioned by them.
      </span>
    </SpaceBetween>
  )
}
