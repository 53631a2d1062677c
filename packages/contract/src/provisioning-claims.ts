import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { ProvisioningTemplateName } from './provisioning-templates.ts'

/** A certificate whose policies let it provision devices by a template. */
export const ClaimCertificate = Type.Object({
  certificateId: Type.String(),
  status: Type.Optional(Type.String({ description: "AWS's word; absent: it could not be read" })),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  policyNames: Type.Array(Type.String(), { description: 'Those that let it' }),
})
export type ClaimCertificate = Static<typeof ClaimCertificate>

/**
 * The claim certificates of a template, found by the policies of the account: AWS keeps no list of them. The documents
 * are looked through at a pace that leaves AWS's rates to others, and the answer says how far that is.
 */
export const ClaimCertificateList = Type.Object({
  looked: Type.Integer({ description: 'So many policies were looked at so far' }),
  listed: Type.Integer({ description: 'Of so many' }),
  isOver: Type.Boolean({ description: 'Whether all of these were looked at' }),
  isAll: Type.Boolean({ description: 'Whether the account has no more than these' }),
  certificates: Type.Array(ClaimCertificate),
  thingGroups: Type.Array(Type.String(), {
    description: 'Groups with such a policy: certificates of their things, too',
  }),
  wide: Type.Array(
    Type.Object({ policyName: Type.String(), targets: Type.Integer(), hasMoreTargets: Type.Boolean() }),
    {
      description:
        'Policies that allow publishing anything: whoever has one may register devices, too, and is not listed',
    },
  ),
  hasMoreTargets: Type.Boolean({ description: 'A policy is attached to more than were looked at' }),
})
export type ClaimCertificateList = Static<typeof ClaimCertificateList>

/** A claim that AWS makes for somebody who is trusted. Its key is in this answer and nowhere else. */
export const ProvisioningClaim = Type.Object({
  certificateId: Type.String(),
  certificatePem: Type.String(),
  publicKey: Type.String(),
  privateKey: Type.String(),
  expiresAt: Type.String({ format: 'date-time' }),
})
export type ProvisioningClaim = Static<typeof ProvisioningClaim>

const params = Type.Object({ templateName: ProvisioningTemplateName })

export const provisioningClaimEndpoints = defineEndpoints({
  listClaimCertificates: {
    method: 'GET',
    path: '/api/provisioning-templates/:templateName/claim-certificates',
    summary:
      'Certificates whose policies allow what provisioning by a template takes, as far as they were looked through',
    access: 'viewer',
    params,
    answer: json(ClaimCertificateList),
  },
  createProvisioningClaim: {
    method: 'POST',
    path: '/api/provisioning-templates/:templateName/provisioning-claims',
    summary: 'A claim for one device, good for five minutes; its key is in the answer alone',
    access: 'operator',
    audit: 'CreateProvisioningClaim',
    params,
    answer: json(ProvisioningClaim),
  },
})
