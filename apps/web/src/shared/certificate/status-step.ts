import { type CertificateDetail, endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import type { PlanStep } from '../plan/plan.ts'

type StatedCertificate = Pick<CertificateDetail, 'certificateId' | 'status'>

type SettableStatus = 'ACTIVE' | 'INACTIVE' | 'REVOKED'

const STATUS_WORDS: Readonly<Record<SettableStatus, string>> = {
  ACTIVE: 'Activate it',
  INACTIVE: 'Deactivate it',
  REVOKED: 'Revoke it',
}

/** @returns a step that can be undone, unless the status is one that nothing leads away from, or back to */
export function statusStep({ certificateId, status: before }: StatedCertificate, status: SettableStatus): PlanStep {
  const set = (to: SettableStatus) =>
    api(endpoints.updateCertificate, { params: { certificateId }, body: { status: to } })
  const back = before === 'ACTIVE' || before === 'INACTIVE' ? before : undefined
  return {
    id: 'status',
    words: STATUS_WORDS[status],
    run: () => set(status),
    ...(status !== 'REVOKED' && back && { undo: () => set(back) }),
  }
}
