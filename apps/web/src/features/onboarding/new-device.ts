import { type MadeCertificate, PolicyName, ThingName } from '@thingdeck/contract'
import { isCertificateId } from '../../shared/certificate/certificate-id.ts'
import { attachPolicyStep, attachThingStep, statusStep } from '../../shared/certificate/certificate-steps.ts'
import { NEW_CERTIFICATE, type NewCertificate, newCertificateSteps } from '../../shared/certificate/new-certificate.ts'
import { RULES as CERTIFICATE_RULES } from '../../shared/certificate/new-certificate-rules.ts'
import { limitsOf } from '../../shared/form/text-limits.ts'
import type { Plan, PlanStep } from '../../shared/plan/plan.ts'
import { createPolicyStep } from '../../shared/policy-editor/create-policy-step.ts'
import { creationStep, joinGroupStep } from '../../shared/things/new-thing.ts'
import { type AttributeLine, attributesOf, brokenAttributes } from '../../shared/things/thing-attributes.ts'

/** What a device is to have. */
export interface NewDevice extends Omit<NewCertificate, 'way'> {
  readonly thingName: string
  /** Empty: none. This and what follows of a thing that is made alone. */
  readonly thingTypeName: string
  readonly groupNames: readonly string[]
  readonly attributes: readonly AttributeLine[]
  readonly way: NewCertificate['way'] | 'existing'
  /** Of an existing certificate. */
  readonly certificateId: string
  /** Id of a template, or `existing`. */
  readonly policy: string
  /** Of a policy from a template. */
  readonly policyName: string
  readonly policyDocument: string
  /** Existing ones. */
  readonly policyNames: readonly string[]
}

export const NEW_DEVICE: Omit<NewDevice, 'policyDocument'> = {
  ...NEW_CERTIFICATE,
  thingName: '',
  thingTypeName: '',
  groupNames: [],
  attributes: [],
  certificateId: '',
  policy: 'device',
  policyName: 'device',
  policyNames: [],
}

const NAME = limitsOf(ThingName, 'letters, digits and : _ -')

export const LIMITS = {
  thingName: NAME,
  thingTypeName: { ...NAME, isRequired: false, minLength: 0 },
  policyName: { ...limitsOf(PolicyName, 'letters, digits and _ + = , . @ -'), isRequired: false, minLength: 0 },
} as const

export const RULES = {
  attributes: (lines: readonly AttributeLine[], { thingTypeName }: NewDevice) =>
    brokenAttributes(lines, thingTypeName !== ''),
  requestPem: CERTIFICATE_RULES.requestPem,
  certificatePem: CERTIFICATE_RULES.certificatePem,
  caCertificatePem: CERTIFICATE_RULES.caCertificatePem,
  certificateId: (id: string, { way }: NewDevice) =>
    way !== 'existing' || isCertificateId(id.trim()) ? undefined : 'The whole id: 64 digits and letters a to f.',
  policyName: (name: string, { policy }: NewDevice) =>
    policy !== 'existing' && name === '' ? 'This cannot be empty.' : undefined,
  policyNames: (names: readonly string[], { policy }: NewDevice) =>
    policy === 'existing' && names.length === 0 ? 'Choose one: without a policy it may not even connect.' : undefined,
} as const

/** What is there already of what is wanted. */
export interface Known {
  readonly isThing: boolean
  /** A policy of that name with this very document. */
  readonly isPolicy: boolean
  /** Of an existing certificate: AWS's word. */
  readonly certificateStatus?: string
}

export interface DeviceFollowers extends Pick<Plan, 'onChange' | 'onDone' | 'onEnd'> {
  readonly onMade: (made: MadeCertificate) => void
  readonly onUnmade: () => void
}

/** All that it takes, from the thing to what the certificate may do: each step can be put back. */
export function devicePlan(wanted: NewDevice, known: Known, followers: DeviceFollowers): Plan {
  const { thingName, thingTypeName, attributes, groupNames, policy, policyName, policyDocument } = wanted
  const { onMade, onUnmade, ...rest } = followers
  const policyNames = policy === 'existing' ? wanted.policyNames : [policyName]
  const thing: readonly PlanStep[] = known.isThing
    ? []
    : [
        creationStep({
          thingName,
          attributes: { ...attributesOf(attributes) },
          ...(thingTypeName !== '' && { thingTypeName }),
        }),
        ...groupNames.map((groupName) => joinGroupStep(thingName, groupName)),
      ]
  const policies = policy === 'existing' || known.isPolicy ? [] : [createPolicyStep({ policyName, policyDocument })]
  return {
    ...rest,
    id: `connect device ${thingName}`,
    title: `Set up the device ${thingName}`,
    done: `${thingName} can connect now`,
    steps: [...thing, ...policies, ...identitySteps(wanted, policyNames, known, { onMade, onUnmade })],
  }
}

function identitySteps(
  wanted: NewDevice,
  policyNames: readonly string[],
  { certificateStatus }: Known,
  followers: Pick<DeviceFollowers, 'onMade' | 'onUnmade'>,
): readonly PlanStep[] {
  const { way, thingName } = wanted
  if (way !== 'existing') {
    const certificate = { ...wanted, way, commonName: thingName.slice(0, 64) }
    return newCertificateSteps(certificate, { policyNames, thingName }, followers)
  }
  const certificateId = wanted.certificateId.trim().toLowerCase()
  return [
    ...(certificateStatus === 'INACTIVE' ? [statusStep({ certificateId, status: certificateStatus }, 'ACTIVE')] : []),
    ...policyNames.map((policyName) => attachPolicyStep(certificateId, policyName)),
    attachThingStep(certificateId, { thingName }),
  ]
}
