import { type CertificateAuthority, endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { shortCertificateId } from '../../shared/certificate/certificate-id.ts'
import type { Plan, PlanStep } from '../../shared/plan/plan.ts'
import { unlessGone } from '../../shared/plan/unless-gone.ts'

/** What an admin does to a CA certificate. */
export type AuthorityAct = 'activate' | 'deactivate' | 'register' | 'stopRegistering' | 'delete'

const WORDS: Readonly<Record<AuthorityAct, readonly [action: string, title: string, done: string]>> = {
  activate: ['Activate CA certificate', 'Activate the CA certificate', 'is active'],
  deactivate: ['Deactivate CA certificate', 'Deactivate the CA certificate', 'is inactive'],
  register: ['Register by itself', 'Have the CA certificate register by itself', 'registers by itself'],
  stopRegistering: ['Stop registering', 'Stop registering by the CA certificate', 'registers by itself no more'],
  delete: ['Delete CA certificate', 'Delete the CA certificate', 'was deleted'],
}

const CONSEQUENCES: Readonly<Record<AuthorityAct, readonly string[]>> = {
  activate: ['Certificates that it signed can be registered again.'],
  deactivate: [
    'No further certificate that it signed can be registered, by hand or by itself.',
    'Certificates that are registered already go on working, until they are deactivated themselves.',
  ],
  register: [
    'A device with a certificate that it signed is registered when it connects first: its certificate is PENDING_ACTIVATION then, until somebody activates it.',
    'Whoever has the key of this CA can have certificates registered in this account.',
  ],
  stopRegistering: ['A device whose certificate is not registered yet is refused from now on.'],
  delete: [
    'No further certificate that it signed can be registered.',
    'Certificates that are registered already go on working: they stay, and so do their things and policies.',
    'To have it again it has to be registered again.',
  ],
}

export const consequencesOf = (act: AuthorityAct): readonly string[] => CONSEQUENCES[act]

interface Change {
  readonly status?: 'ACTIVE' | 'INACTIVE'
  readonly autoRegistration?: boolean
}

/** The steps of an act in the order that AWS demands (AWS IoT API reference, DeleteCACertificate). */
export function authorityPlan(
  act: AuthorityAct,
  { certificateId, status }: Pick<CertificateAuthority, 'certificateId' | 'status'>,
): Plan & { readonly action: string } {
  const [action, title, done] = WORDS[act]
  const update = (change: Change) =>
    api(endpoints.updateCertificateAuthority, { params: { certificateId }, body: change })
  const step = (words: string, change: Change, before: Change): PlanStep => ({
    id: words,
    words,
    run: () => update(change),
    undo: () => update(before),
  })
  const deactivate = step('Deactivate it', { status: 'INACTIVE' }, { status: 'ACTIVE' })
  const steps: Readonly<Record<AuthorityAct, readonly PlanStep[]>> = {
    activate: [step('Activate it', { status: 'ACTIVE' }, { status: 'INACTIVE' })],
    deactivate: [deactivate],
    register: [step('Have it register by itself', { autoRegistration: true }, { autoRegistration: false })],
    stopRegistering: [step('Stop registering', { autoRegistration: false }, { autoRegistration: true })],
    delete: [
      ...(status === 'ACTIVE' ? [deactivate] : []),
      {
        id: 'delete',
        words: 'Delete it',
        run: () => unlessGone(() => api(endpoints.deleteCertificateAuthority, { params: { certificateId } })),
      },
    ],
  }
  const short = shortCertificateId(certificateId)
  return {
    action,
    id: `CA certificate ${certificateId}`,
    title: `${title} ${short}`,
    done: `The CA certificate ${short} ${done}`,
    steps: steps[act],
  }
}
