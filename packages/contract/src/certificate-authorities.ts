import { type Static, Type } from 'typebox'
import { CertificateId } from './certificates.ts'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { ProvisioningTemplateBody, ProvisioningTemplateName } from './provisioning-templates.ts'
import { RoleArn } from './role-aliases.ts'
import { NextToken } from './things.ts'

const Moment = Type.String({ format: 'date-time' })
const Pem = Type.String({ minLength: 1, maxLength: 65_536, description: 'One certificate in PEM' })
const CaStatus = oneOf(['ACTIVE', 'INACTIVE'] as const)
const AccountId = Type.String({ minLength: 12, maxLength: 12, pattern: '^[0-9]+$' })

/** By which template things are made for certificates that a CA signed: one of type JITP, or a text with a role. */
const CaTemplate = Type.Object(
  {
    templateName: Type.Optional(ProvisioningTemplateName),
    templateBody: Type.Optional(ProvisioningTemplateBody),
    roleArn: Type.Optional(RoleArn),
  },
  { minProperties: 1, description: 'A `templateName`; or a `templateBody` with its `roleArn`' },
)

/** What AWS lists of a registered CA certificate. */
export const CertificateAuthorityRow = Type.Object({
  certificateId: Type.String(),
  certificateArn: Type.String(),
  status: Type.String({ description: "AWS's word: ACTIVE or INACTIVE" }),
  createdAt: Type.Optional(Moment),
})
export type CertificateAuthorityRow = Static<typeof CertificateAuthorityRow>

export const CertificateAuthorityPage = Type.Object({
  authorities: Type.Array(CertificateAuthorityRow),
  nextToken: Type.Optional(Type.String()),
})
export type CertificateAuthorityPage = Static<typeof CertificateAuthorityPage>

/** A registered CA certificate whole. */
export const CertificateAuthority = Type.Interface([CertificateAuthorityRow], {
  certificatePem: Type.String(),
  autoRegistration: Type.Boolean({
    description: 'Whether certificates that it signed are registered when their device connects first',
  }),
  mode: Type.String({ description: "AWS's word: DEFAULT, or SNI_ONLY" }),
  template: Type.Optional(
    Type.Object(
      {
        templateName: Type.Optional(Type.String()),
        templateBody: Type.Optional(Type.String()),
        roleArn: Type.Optional(Type.String()),
      },
      { description: 'By which things are made then, just in time; absent: none are' },
    ),
  ),
  notBefore: Type.Optional(Moment),
  notAfter: Type.Optional(Moment),
  changedAt: Type.Optional(Moment),
})
export type CertificateAuthority = Static<typeof CertificateAuthority>

/** A certificate that was offered to another account and was not taken yet. */
export const OutgoingCertificate = Type.Object({
  certificateId: Type.String(),
  certificateArn: Type.String(),
  transferredTo: Type.Optional(Type.String()),
  transferredAt: Type.Optional(Moment),
  message: Type.Optional(Type.String()),
})
export type OutgoingCertificate = Static<typeof OutgoingCertificate>

export const OutgoingCertificatePage = Type.Object({
  certificates: Type.Array(OutgoingCertificate),
  nextToken: Type.Optional(Type.String()),
})
export type OutgoingCertificatePage = Static<typeof OutgoingCertificatePage>

const params = Type.Object({ certificateId: CertificateId })
const page = Type.Object({
  nextToken: Type.Optional(NextToken),
  maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
})

export const certificateAuthorityEndpoints = defineEndpoints({
  listCertificateAuthorities: {
    method: 'GET',
    path: '/api/certificate-authorities',
    summary: 'A page of the CA certificates that are registered',
    access: 'viewer',
    query: page,
    answer: json(CertificateAuthorityPage),
  },
  getRegistrationCode: {
    method: 'GET',
    path: '/api/certificate-registration-code',
    summary:
      "The account's registration code, which is made where there is none: the common name of a verification certificate",
    access: 'admin',
    answer: json(Type.Object({ registrationCode: Type.String() })),
  },
  registerCertificateAuthority: {
    method: 'POST',
    path: '/api/certificate-authorities',
    summary: 'Registers a CA certificate, whose key signed the verification certificate unless its mode is SNI_ONLY',
    access: 'admin',
    audit: 'RegisterCACertificate',
    body: Type.Object({
      caCertificate: Pem,
      verificationCertificate: Type.Optional(Pem),
      mode: oneOf(['DEFAULT', 'SNI_ONLY'] as const),
      setAsActive: Type.Boolean(),
      allowAutoRegistration: Type.Boolean(),
      template: Type.Optional(CaTemplate),
    }),
    answer: json(CertificateAuthority),
  },
  describeCertificateAuthority: {
    method: 'GET',
    path: '/api/certificate-authorities/:certificateId',
    summary: 'A registered CA certificate',
    access: 'viewer',
    params,
    answer: json(CertificateAuthority),
  },
  updateCertificateAuthority: {
    method: 'PUT',
    path: '/api/certificate-authorities/:certificateId',
    summary:
      'Activates or deactivates a CA certificate, has it register certificates by themselves or not, and says by which template',
    access: 'admin',
    audit: 'UpdateCACertificate',
    params,
    body: Type.Object(
      {
        status: Type.Optional(CaStatus),
        autoRegistration: Type.Optional(Type.Boolean()),
        template: Type.Optional(CaTemplate),
        removeTemplate: Type.Optional(Type.Boolean()),
      },
      { minProperties: 1 },
    ),
    answer: json(CertificateAuthority),
  },
  deleteCertificateAuthority: {
    method: 'DELETE',
    path: '/api/certificate-authorities/:certificateId',
    summary: 'Deletes a CA certificate that is INACTIVE; certificates that it signed stay as they are',
    access: 'admin',
    audit: 'DeleteCACertificate',
    params,
    answer: EMPTY,
  },
  listOutgoingCertificates: {
    method: 'GET',
    path: '/api/certificate-transfers',
    summary: 'A page of the certificates that were offered to other accounts and not taken yet',
    access: 'viewer',
    query: page,
    answer: json(OutgoingCertificatePage),
  },
  transferCertificate: {
    method: 'POST',
    path: '/api/certificate-transfers',
    summary: 'Offers an INACTIVE certificate that is attached to nothing to another account',
    access: 'admin',
    audit: 'TransferCertificate',
    body: Type.Object({
      certificateId: CertificateId,
      targetAccount: AccountId,
      message: Type.Optional(Type.String({ maxLength: 128 })),
    }),
    answer: EMPTY,
  },
  cancelCertificateTransfer: {
    method: 'POST',
    path: '/api/certificate-transfers/:certificateId/cancel',
    summary: 'Takes back a certificate that was offered to another account',
    access: 'admin',
    audit: 'CancelCertificateTransfer',
    params,
    answer: EMPTY,
  },
  acceptCertificateTransfer: {
    method: 'POST',
    path: '/api/certificate-transfers/:certificateId/accept',
    summary: 'Takes a certificate that another account offers',
    access: 'admin',
    audit: 'AcceptCertificateTransfer',
    params,
    body: Type.Object({ setAsActive: Type.Boolean() }),
    answer: EMPTY,
  },
  rejectCertificateTransfer: {
    method: 'POST',
    path: '/api/certificate-transfers/:certificateId/reject',
    summary: 'Sends back a certificate that another account offers',
    access: 'admin',
    audit: 'RejectCertificateTransfer',
    params,
    body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 128 })) }),
    answer: EMPTY,
  },
})
