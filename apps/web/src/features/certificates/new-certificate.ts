import type { MadeCertificate } from '@thingdeck/contract'
import { type NewCertificate, newCertificateSteps } from '../../shared/certificate/new-certificate.ts'
import type { Plan } from '../../shared/plan/plan.ts'

export interface WantedCertificate extends NewCertificate {
  /** Empty: it is attached to none. */
  readonly thingName: string
  readonly isExclusive: boolean
  readonly policyNames: readonly string[]
}

/** A certificate that there is now, with its private key where this page has it. */
export interface MadeHere extends MadeCertificate {
  readonly clientId: string
}

type Followers = Pick<Plan, 'onChange'> & Parameters<typeof newCertificateSteps>[2]

/** Makes a certificate, and attaches it to what is wanted. */
export const creationPlan = (wanted: WantedCertificate, { onChange, ...followers }: Followers): Plan => ({
  // Two pages may each make one at a time.
  id: `new certificate ${crypto.randomUUID()}`,
  title: 'Create a certificate',
  done: 'The certificate was made',
  ...(onChange && { onChange }),
  steps: newCertificateSteps(wanted, wanted, followers),
})
