import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { certificateDetailQuery } from '../api.ts'
import { CertificateFacts } from './certificate-facts.tsx'
import { CertificateWarnings } from './certificate-warnings.tsx'

/** The look beside the list. */
export function CertificateSidePanel({ certificateId }: { readonly certificateId: string }) {
  const { data, error, refetch } = useQuery(certificateDetailQuery(certificateId))
  if (error) return <ErrorAlert error={error} what="The certificate could not be read" onRetry={() => void refetch()} />
  if (!data) return <Loading what="certificate" />
  return (
    <SpaceBetween size="m">
      <CertificateWarnings certificate={data} />
      <CertificateFacts certificate={data} />
    </SpaceBetween>
  )
}
