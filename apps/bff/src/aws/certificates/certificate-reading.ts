import {
  DescribeCertificateCommand,
  GetEffectivePoliciesCommand,
  type IoTClient,
  paginateListAttachedPolicies,
} from '@aws-sdk/client-iot'
import type { Certificate } from '@thingdeck/contract'
import type { Arns } from '../arns.ts'
import { collected } from '../pages.ts'

/** Reads single certificates. Errors are AWS's own. */
export interface CertificateReading {
  /** @param thingName with the policies of this thing's groups */
  describe(certificateId: string, thingName?: string): Promise<Certificate>
  /** What the trail has of a certificate before it is changed. */
  before(certificateId: string): Promise<{ readonly status: string; readonly certificatePem: string }>
}

export function createCertificateReading(iot: IoTClient, arns: Arns): CertificateReading {
  async function attachedPolicies(target: string): Promise<string[]> {
    const pages = paginateListAttachedPolicies({ client: iot }, { target })
    const names = await collected(pages, ({ policies = [] }) => policies.flatMap(({ policyName }) => policyName ?? []))
    return names.sort()
  }

  async function effectivePolicies(principal: string, thingName: string): Promise<string[]> {
    const found = await iot.send(new GetEffectivePoliciesCommand({ principal, thingName }))
    return (found.effectivePolicies ?? []).flatMap(({ policyName }) => policyName ?? []).sort()
  }

  return {
    async before(certificateId) {
      const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }))
      const { status = 'UNKNOWN', certificatePem = '' } = certificateDescription ?? {}
      return { status, certificatePem }
    },

    async describe(certificateId, thingName) {
      const certificateArn = arns.certificate(certificateId)
      const described = iot.send(new DescribeCertificateCommand({ certificateId }))
      const policies = Promise.all([
        attachedPolicies(certificateArn),
        thingName === undefined ? [] : effectivePolicies(certificateArn, thingName),
      ])
      policies.catch(() => {}) // of a certificate that is not there, that is what is said
      const { certificateDescription: found } = await described
      const [policyNames, effective] = await policies
      return {
        certificateId,
        certificateArn,
        status: found?.status ?? 'UNKNOWN',
        ...(found?.creationDate && { createdAt: found.creationDate.toISOString() }),
        ...(found?.validity?.notBefore && { notBefore: found.validity.notBefore.toISOString() }),
        ...(found?.validity?.notAfter && { notAfter: found.validity.notAfter.toISOString() }),
        ...(found?.caCertificateId && { caCertificateId: found.caCertificateId }),
        policyNames,
        groupPolicyNames: effective.filter((name) => !policyNames.includes(name)),
      }
    },
  }
}
