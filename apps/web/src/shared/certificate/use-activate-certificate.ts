import { useQueryClient } from '@tanstack/react-query'
import type { Action } from '../action/action.ts'
import { usePlans } from '../plan/plans.tsx'
import { shortCertificateId } from './certificate-id.ts'
import { statusStep } from './certificate-steps.ts'

/** Activates a certificate with one click, which can be taken back. */
export function useActivateCertificate(): (certificateId: string, status: string) => Action {
  const client = useQueryClient()
  const { start } = usePlans()
  return (certificateId, status) => ({
    id: 'activate',
    text: 'Activate certificate',
    needs: 'admin',
    isPrimary: true,
    onAction: () =>
      start({
        id: `certificate ${certificateId}`,
        title: `Activate the certificate ${shortCertificateId(certificateId)}`,
        done: `The certificate ${shortCertificateId(certificateId)} is active`,
        steps: [statusStep({ certificateId, status }, 'ACTIVE')],
        // Whatever is shown of a certificate, of refusals or of what decides is as of before.
        onChange: () => void client.invalidateQueries(),
      }),
  })
}
