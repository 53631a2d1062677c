import type { ProvisioningSurroundingsQuestion } from '@thingdeck/contract'
import type { ProvisioningPlan } from '@thingdeck/provisioning'

/** As the contract has it: more of a kind no thing is given. */
const MOST = 20

/** What has to be known of the account for a plan. */
export function surroundingsOf({ thing, certificate, policies }: ProvisioningPlan): ProvisioningSurroundingsQuestion {
  const certificateId = certificate?.source.kind === 'CertificateId' ? certificate.source.certificateId : ''
  return {
    ...(thing && { thingName: thing.thingName }),
    ...(thing?.thingTypeName && { thingTypeName: thing.thingTypeName }),
    thingGroups: (thing?.thingGroups ?? []).filter((name) => name !== '').slice(0, MOST),
    ...(thing?.billingGroup && { billingGroup: thing.billingGroup }),
    policyNames: policies
      .flatMap(({ policy }) => (policy.kind === 'PolicyName' ? [policy.policyName] : []))
      .slice(0, MOST),
    // One that nobody has made yet is written with zeros, see MADE_UP_ID.
    ...(/^[0-9a-f]{64}$/.test(certificateId) && certificateId !== MADE_UP_ID && { certificateId }),
    packageVersions: Object.entries(thing?.packageVersions ?? {})
      .map(([packageName, versionName]) => ({ packageName, versionName }))
      .slice(0, MOST),
  }
}

/** Stands for the certificate that a device gets when it comes: nobody knows its id before. */
export const MADE_UP_ID = '0'.repeat(64)
