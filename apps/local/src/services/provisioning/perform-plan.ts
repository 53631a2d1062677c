import { createHash } from 'node:crypto'
import type { CertificateStatus } from '@aws-sdk/client-iot'
import { AwsError } from '@thingdeck/aws-api'
import {
  decideCertificateStatus,
  decideThing,
  type ExistingThing,
  type PlannedCertificate,
  type PlannedPolicy,
  type PlannedThing,
  ProvisioningFailure,
  type ProvisioningPlan,
} from '@thingdeck/provisioning'
import type { AccountOperations, Operations } from '../../foundation/account-operations.ts'
import type { PreparedCertificate } from '../../foundation/certificates.ts'
import type { PackageVersions } from './package-versions.ts'

/** What was made of a plan, as RegisterThing answers it. */
export interface Registered {
  readonly certificatePem: string | undefined
  /** ARNs by the logical names of the template. */
  readonly resourceArns: Readonly<Record<string, string>>
}

interface KnownCertificate {
  readonly arn: string
  readonly pem: string
}

/** What plans are done with. */
export interface PlanParts {
  readonly account: AccountOperations
  readonly packages: PackageVersions
}

/**
 * Does what a plan says: all of it, or nothing.
 * @param along done together with it, if all went well: whatever notes that it was done
 * @throws {AwsError} what an operation refused; {@link ProvisioningFailure} where what is there is in the way
 * @see AWS IoT developer guide, "Provisioning templates"
 */
export async function performPlan(
  { account, packages }: PlanParts,
  operations: Operations,
  plan: ProvisioningPlan,
  along: (registered: Registered) => void = () => {},
): Promise<Registered> {
  const versions = plan.thing ? packages.of(plan.thing) : []
  const source = plan.certificate?.source
  // Signing takes a moment; nothing is kept of what is signed in vain.
  const signed =
    source?.kind === 'CertificateSigningRequest'
      ? await account.prepareCertificate(source.certificateSigningRequest)
      : undefined
  return account.atomically(() => {
    const arns: Record<string, string> = {}
    const policyNames = plan.policies.map((policy) => {
      const { policyName, policyArn } = policyOf(operations, policy)
      arns[policy.logicalName] = policyArn
      return policyName
    })
    const certificate = plan.certificate && certificateOf(operations, plan.certificate, signed)
    if (plan.certificate && certificate) arns[plan.certificate.logicalName] = certificate.arn
    if (plan.thing) arns[plan.thing.logicalName] = thingOf(operations, plan.thing)
    if (plan.certificate && certificate) {
      for (const policyName of policyNames) operations.call('AttachPolicy', { policyName, target: certificate.arn })
      if (plan.thing) attach(operations, plan.thing, plan.certificate, certificate)
    }
    const registered = { certificatePem: certificate?.pem, resourceArns: arns }
    along(registered)
    // In the same transaction: a thing is never there without it, whenever the server is killed.
    if (plan.thing) packages.report(plan.thing.thingName, versions)
    return registered
  })
}

/** A policy of a document is named after it: the same document is the same policy. */
function policyOf(operations: Operations, { policy }: PlannedPolicy): { policyName: string; policyArn: string } {
  if (policy.kind === 'PolicyName') {
    const { policyArn = '' } = operations.call('GetPolicy', { policyName: policy.policyName })
    return { policyName: policy.policyName, policyArn }
  }
  const { policyDocument } = policy
  const policyName = createHash('sha256').update(policyDocument).digest('hex')
  const found = unlessMissing(() => operations.call('GetPolicy', { policyName }))
  const { policyArn = '' } = found ?? operations.call('CreatePolicy', { policyName, policyDocument })
  return { policyName, policyArn }
}

function certificateOf(
  operations: Operations,
  planned: PlannedCertificate,
  signed: PreparedCertificate | undefined,
): KnownCertificate {
  const { source, status } = planned
  switch (source.kind) {
    case 'CertificateSigningRequest': {
      if (!signed) throw new Error('the request was not signed')
      // Asked as if it were called, for whoever may not.
      operations.mustBeAllowed('CreateCertificateFromCsr', {
        certificateSigningRequest: source.certificateSigningRequest,
      })
      return signed.keep(status)
    }
    case 'CertificateId':
      return existing(operations, planned, source.certificateId)
    case 'CertificatePem': {
      const { kind: _, ...pems } = source
      try {
        const made = operations.call('RegisterCertificate', { ...pems, status })
        return { arn: made.certificateArn ?? '', pem: source.certificatePem }
      } catch (error) {
        const id = error instanceof AwsError && error.name === 'ResourceAlreadyExistsException' && error.members
        if (!id || typeof id.resourceId !== 'string') throw error
        return existing(operations, planned, id.resourceId)
      }
    }
  }
}

function existing(operations: Operations, planned: PlannedCertificate, certificateId: string): KnownCertificate {
  const { certificateDescription: found } = operations.call('DescribeCertificate', { certificateId })
  const { after, isChanged } = decideCertificateStatus(planned, found?.status ?? '')
  // The decision is the template's ACTIVE or INACTIVE, or what the certificate has.
  if (isChanged) operations.call('UpdateCertificate', { certificateId, newStatus: after as CertificateStatus })
  return { arn: found?.certificateArn ?? '', pem: found?.certificatePem ?? '' }
}

/** Makes or changes the thing. @returns its ARN */
function thingOf(operations: Operations, planned: PlannedThing): string {
  const { thingName } = planned
  const found = unlessMissing(() => operations.call('DescribeThing', { thingName }))
  return found ? changeThing(operations, planned, found) : createThing(operations, planned)
}

function createThing(operations: Operations, planned: PlannedThing): string {
  const { thingName, thingTypeName, attributes, billingGroup, thingGroups = [] } = planned
  const { thingArn = '' } = operations.call('CreateThing', {
    thingName,
    thingTypeName,
    billingGroupName: billingGroup,
    attributePayload: attributes && { attributes: { ...attributes } },
  })
  for (const thingGroupName of thingGroups) operations.call('AddThingToThingGroup', { thingName, thingGroupName })
  return thingArn
}

interface FoundThing {
  readonly thingArn?: string | undefined
  readonly attributes?: Readonly<Record<string, string>> | undefined
  readonly thingTypeName?: string | undefined
  readonly billingGroupName?: string | undefined
}

function changeThing(operations: Operations, planned: PlannedThing, found: FoundThing): string {
  const { thingName } = planned
  const { thingGroups = [] } = operations.call('ListThingGroupsForThing', { thingName })
  const before: ExistingThing = {
    attributes: found.attributes ?? {},
    ...(found.thingTypeName !== undefined && { thingTypeName: found.thingTypeName }),
    ...(found.billingGroupName !== undefined && { billingGroup: found.billingGroupName }),
    thingGroups: thingGroups.flatMap(({ groupName }) => groupName ?? []),
  }
  const { attributes, thingTypeName, thingGroups: groups } = decideThing(planned, before)
  if (attributes.isChanged || thingTypeName.isChanged) {
    operations.call('UpdateThing', {
      thingName,
      ...(attributes.isChanged && { attributePayload: { attributes: { ...attributes.after }, merge: false } }),
      ...(thingTypeName.isChanged && { thingTypeName: thingTypeName.after }),
    })
  }
  if (groups.isChanged) {
    operations.call('UpdateThingGroupsForThing', {
      thingName,
      thingGroupsToAdd: groups.after.filter((name) => !groups.before.includes(name)),
      thingGroupsToRemove: groups.before.filter((name) => !groups.after.includes(name)),
    })
  }
  return found.thingArn ?? ''
}

function attach(
  operations: Operations,
  { thingName }: PlannedThing,
  { thingPrincipalType }: PlannedCertificate,
  { arn: principal }: KnownCertificate,
): void {
  operations.call('AttachThingPrincipal', { thingName, principal, thingPrincipalType })
}

function unlessMissing<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof AwsError && error.name === 'ResourceNotFoundException') return undefined
    throw error
  }
}
