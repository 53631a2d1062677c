import { type IoTClient, UpdateCertificateCommand } from '@aws-sdk/client-iot'
import { isNamed } from '../error-name.ts'

/**
 * Has a certificate let nobody in any more. One that is revoked, say, does so already, and AWS does not make it inactive.
 * @returns whether it is inactive now
 * @throws AWS's own, of UpdateCertificate
 */
export async function deactivateCertificate(iot: IoTClient, certificateId: string): Promise<boolean> {
  try {
    await iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }))
    return true
  } catch (error) {
    if (isNamed(error, 'CertificateStateException')) return false
    throw error
  }
}
