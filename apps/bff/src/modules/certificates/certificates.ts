import { DescribeCertificateCommand, type IoTClient, ListAttachedPoliciesCommand } from '@aws-sdk/client-iot'
import type { Certificate } from '@thingdeck/contract'

/** What the routes of certificates need of AWS IoT. Errors are AWS's own. */
export interface Certificates {
  describe(certificateId: string): Promise<Certificate>
}

export function createCertificates(iot: IoTClient): Certificates {
  async function attachedPolicies(target: string): Promise<string[]> {
    const all: string[] = []
    let marker: string | undefined
    do {
      const page = await iot.send(new ListAttachedPoliciesCommand({ target, marker }))
      all.push(...(page.policies ?? []).flatMap(({ policyName }) => policyName ?? []))
      marker = page.nextMarker
    } while (marker)
    return all.sort()
  }

  return {
    async describe(certificateId) {
      const { certificateDescription: found } = await iot.send(new DescribeCertificateCommand({ certificateId }))
      const certificateArn = found?.certificateArn ?? ''
      return {
        certificateId,
        certificateArn,
        status: found?.status ?? 'UNKNOWN',
        ...(found?.creationDate && { createdAt: found.creationDate.toISOString() }),
        ...(found?.validity?.notBefore && { notBefore: found.validity.notBefore.toISOString() }),
        ...(found?.validity?.notAfter && { notAfter: found.validity.notAfter.toISOString() }),
        ...(found?.caCertificateId && { caCertificateId: found.caCertificateId }),
        policyNames: await attachedPolicies(certificateArn),
      }
    },
  }
}
