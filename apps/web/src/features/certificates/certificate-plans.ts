import { type CertificateDetail, endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { detachPolicyStep, detachThingStep } from '../../shared/certificate/attachment-steps.ts'
import { shortCertificateId } from '../../shared/certificate/certificate-id.ts'
import { statusStep } from '../../shared/certificate/status-step.ts'
import type { Plan, PlanStep } from '../../shared/plan/plan.ts'
import { unlessGone } from '../../shared/plan/unless-gone.ts'

/** What an admin does to a certificate. */
export type CertificateAct = 'activate' | 'deactivate' | 'revoke' | 'delete'

type Certificate = Pick<CertificateDetail, 'certificateId' | 'status' | 'look'>
type Followers = Pick<Plan, 'onChange' | 'onDone'>

const WORDS = {
  activate: { verb: 'Activate', done: 'is active', status: 'ACTIVE' },
  deactivate: { verb: 'Deactivate', done: 'is inactive', status: 'INACTIVE' },
  revoke: { verb: 'Revoke', done: 'is revoked', status: 'REVOKED' },
  delete: { verb: 'Delete', done: 'was deleted', status: undefined },
} as const

/** 'Deactivate' */
export const verbOf = (act: CertificateAct): string => WORDS[act].verb

/** 'Deactivate the certificate 5f2c9a01be…' */
export const titleOf = (act: CertificateAct, certificateId: string): string =>
  `${WORDS[act].verb} the certificate ${shortCertificateId(certificateId)}`

/** The steps of an act in the order that AWS demands (AWS IoT API reference, DeleteCertificate). */
export function certificatePlan(act: CertificateAct, certificate: Certificate, followers: Followers = {}): Plan {
  const { certificateId } = certificate
  const { status, done } = WORDS[act]
  return {
    ...followers,
    id: `certificate ${certificateId}`,
    title: titleOf(act, certificateId),
    done: `The certificate ${shortCertificateId(certificateId)} ${done}`,
    steps: status === undefined ? deletionSteps(certificate) : [statusStep(certificate, status)],
  }
}

function deletionSteps(certificate: Certificate): readonly PlanStep[] {
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
