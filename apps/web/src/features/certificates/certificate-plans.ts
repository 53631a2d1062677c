import type { CertificateDetail } from '@thingdeck/contract'
import { shortCertificateId } from '../../shared/certificate/certificate-id.ts'
import { statusStep } from '../../shared/certificate/certificate-steps.ts'
import { deletionSteps } from '../../shared/certificate/deletion-steps.ts'
import type { Plan } from '../../shared/plan/plan.ts'

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
