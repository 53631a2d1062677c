import { type CertificateDetail, endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import type { PlanStep } from '../plan/plan.ts'
import { unlessGone } from '../plan/unless-gone.ts'
import { detachPolicyStep, detachThingStep, statusStep } from './certificate-steps.ts'

/** Deletes a certificate, in the order that AWS demands (AWS IoT API reference, DeleteCertificate). */
export function deletionSteps(
  certificate: Pick<CertificateDetail, 'certificateId' | 'status' | 'look'>,
): readonly PlanStep[] {
  const { certificateId, status, look } = certificate
  return [
    ...(look?.policyNames ?? []).map((policyName) => detachPolicyStep(certificateId, policyName)),
    ...(look?.things ?? []).map((thing) => detachThingStep(certificateId, thing)),
    ...(status === 'ACTIVE' ? [statusStep(certificate, 'INACTIVE')] : []),
    {
      id: 'delete',
      words: 'Delete it',
      run: () => unlessGone(() => api(endpoints.deleteCertificate, { params: { certificateId } })),
    },
  ]
}
