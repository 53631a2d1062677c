import { X509Certificate } from 'node:crypto'
import { DescribeCertificateCommand, type IoTClient } from '@aws-sdk/client-iot'
import { certificateFacts } from '@thingdeck/certificates'
import type { AuthorizationFacts } from '@thingdeck/contract'
import { certificateContext } from '@thingdeck/policies'

/** A certificate as a principal: its state, and what policies can ask of it. */
export type CertificatePrincipal = Extract<AuthorizationFacts['principal'], { readonly kind: 'certificate' }>

/** Reads it. Errors are AWS's own: 404 where it is gone. */
export async function readCertificatePrincipal(iot: IoTClient, certificateId: string): Promise<CertificatePrincipal> {
  const { certificateDescription: found } = await iot.send(new DescribeCertificateCommand({ certificateId }))
  const pem = found?.certificatePem
  const facts = pem === undefined ? { certificateId } : certificateFacts(certificateId, new X509Certificate(pem))
  return {
    kind: 'certificate',
    certificateId,
    certificateArn: found?.certificateArn ?? '',
    status: found?.status ?? 'UNKNOWN',
    ...(found?.validity?.notBefore && { notBefore: found.validity.notBefore.toISOString() }),
    ...(found?.validity?.notAfter && { notAfter: found.validity.notAfter.toISOString() }),
    context: Object.fromEntries(
      [...certificateContext(facts)].map(([key, value]) => [
        key,
        typeof value === 'object' ? value.map(String) : String(value),
      ]),
    ),
  }
}
