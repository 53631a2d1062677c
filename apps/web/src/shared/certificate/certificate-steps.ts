import { type CertificateDetail, type CertificateThing, endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import type { PlanStep } from '../plan/plan.ts'
import { unlessGone } from '../plan/unless-gone.ts'

/** Steps of plans that certificates have a part in, each with what puts it back. */

type StatedCertificate = Pick<CertificateDetail, 'certificateId' | 'status'>

type SettableStatus = 'ACTIVE' | 'INACTIVE' | 'REVOKED'

const STATUS_WORDS: Readonly<Record<SettableStatus, string>> = {
  ACTIVE: 'Activate it',
  INACTIVE: 'Deactivate it',
  REVOKED: 'Revoke it',
}

/** @returns a step that can be undone, unless the status is one that nothing leads away from, or back to */
export function statusStep({ certificateId, status: before }: StatedCertificate, status: SettableStatus): PlanStep {
  const set = (to: SettableStatus, expectedStatus: string) =>
    api(endpoints.updateCertificate, { params: { certificateId }, body: { status: to, expectedStatus } })
  const back = before === 'ACTIVE' || before === 'INACTIVE' ? before : undefined
  return {
    id: 'status',
    words: STATUS_WORDS[status],
    run: () => set(status, before),
    ...(status !== 'REVOKED' && back && { undo: () => set(back, status) }),
  }
}

/** With a policy that is attached again by undoing. */
export function detachPolicyStep(certificateId: string, policyName: string): PlanStep {
  const params = { certificateId, policyName }
  return {
    id: `policy ${policyName}`,
    words: `Detach the policy ${policyName}`,
    run: () => unlessGone(() => api(endpoints.detachPolicyFromCertificate, { params })),
    undo: () => api(endpoints.attachPolicyToCertificate, { params }),
  }
}

/** With a thing that is attached again by undoing, exclusively if it was. */
export function detachThingStep(certificateId: string, { thingName, type }: CertificateThing): PlanStep {
  const params = { certificateId, thingName }
  const query = type === 'EXCLUSIVE_THING' ? ({ type: 'EXCLUSIVE_THING' } as const) : {}
  return {
    id: `thing ${thingName}`,
    words: `Detach it from the thing ${thingName}`,
    run: () => unlessGone(() => api(endpoints.detachThingFromCertificate, { params })),
    undo: () => api(endpoints.attachThingToCertificate, { params, query }),
  }
}

export function attachPolicyStep(certificateId: string, policyName: string): PlanStep {
  const { run, undo = run } = detachPolicyStep(certificateId, policyName)
  return { id: `policy ${policyName}`, words: `Attach the policy ${policyName}`, run: undo, undo: run }
}

export function attachThingStep(certificateId: string, thing: Pick<CertificateThing, 'thingName' | 'type'>): PlanStep {
  const { run, undo = run } = detachThingStep(certificateId, thing)
  return { id: `thing ${thing.thingName}`, words: `Attach it to the thing ${thing.thingName}`, run: undo, undo: run }
}
