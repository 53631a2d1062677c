import type { ProvisioningTemplate } from './template.ts'

/**
 * What a provisioning role may be told to do: AWS's managed policy `AWSIoTThingsRegistration`, without what a template
 * cannot ask for.
 * @see AWS IoT Core developer guide, "Provisioning devices that don't have device certificates using fleet provisioning"
 */
export const PROVISIONING_ROLE_ACTIONS = [
  'iot:AddThingToBillingGroup',
  'iot:AddThingToThingGroup',
  'iot:AttachPolicy',
  'iot:AttachPrincipalPolicy',
  'iot:AttachThingPrincipal',
  'iot:CreateCertificateFromCsr',
  'iot:CreatePolicy',
  'iot:CreateThing',
  'iot:DescribeBillingGroup',
  'iot:DescribeCertificate',
  'iot:DescribeThing',
  'iot:DescribeThingGroup',
  'iot:DescribeThingType',
  'iot:DetachThingPrincipal',
  'iot:GetPolicy',
  'iot:ListThingGroupsForThing',
  'iot:ListThingPrincipals',
  'iot:RegisterCertificate',
  'iot:RegisterThing',
  'iot:RemoveThingFromThingGroup',
  'iot:UpdateCertificate',
  'iot:UpdateThing',
  'iot:UpdateThingGroupsForThing',
  'iot:UpdateThingShadow',
] as const
export type ProvisioningRoleAction = (typeof PROVISIONING_ROLE_ACTIONS)[number]

/**
 * What the role of a template has to be allowed for what the template says. On which things and groups depends on the
 * parameters, so that each is for `*`, as in AWS's managed policy.
 */
export function rolePermissions({
  thing,
  certificate,
  policies,
}: Pick<ProvisioningTemplate, 'thing' | 'certificate' | 'policies'>): readonly ProvisioningRoleAction[] {
  const actions = new Set<ProvisioningRoleAction>()
  const need = (...more: readonly ProvisioningRoleAction[]) => {
    for (const action of more) actions.add(action)
  }
  if (thing) {
    need('iot:DescribeThing', 'iot:CreateThing', 'iot:UpdateThing', 'iot:ListThingGroupsForThing')
    if (thing.thingGroups) need('iot:AddThingToThingGroup', 'iot:UpdateThingGroupsForThing')
    if (thing.overrides.thingGroups === 'REPLACE') need('iot:RemoveThingFromThingGroup')
    if (thing.billingGroup) need('iot:AddThingToBillingGroup')
    if (thing.packageVersions.size > 0) need('iot:UpdateThingShadow')
  }
  if (certificate) {
    need('iot:DescribeCertificate', 'iot:UpdateCertificate')
    if (certificate.source.kind === 'CertificateSigningRequest') need('iot:CreateCertificateFromCsr')
    if (certificate.source.kind === 'CertificatePem') need('iot:RegisterCertificate')
    if (thing) need('iot:AttachThingPrincipal')
  }
  if (policies.length > 0) need('iot:GetPolicy', 'iot:AttachPolicy')
  if (policies.some(({ policy }) => policy.kind === 'PolicyDocument')) need('iot:CreatePolicy')
  return [...actions].sort()
}

/**
 * The trust policy of a role for provisioning: AWS IoT may be it, for this account alone. Of which template it acts AWS
 * does not say that it tells (`aws:SourceArn`): a role that asks for it could not be used.
 * @see AWS IoT Core developer guide, "Cross-service confused deputy prevention"
 */
export const provisioningTrust = (accountId: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'iot.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
    },
  ],
})
