import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { PolicyName } from './policies.ts'
import { readOutcome } from './read-outcome.ts'
import { NextToken, ThingName } from './things.ts'

/** 64 hexadecimal digits: the SHA-256 of the certificate (AWS IoT API reference, DescribeCertificate). */
export const CertificateId = Type.String({ minLength: 64, maxLength: 64, pattern: '^[a-fA-F0-9]+$' })

export const Certificate = Type.Object({
  certificateId: Type.String(),
  certificateArn: Type.String(),
  status: Type.String({ description: "AWS's own word: ACTIVE, INACTIVE, REVOKED, PENDING_TRANSFER, …" }),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  notBefore: Type.Optional(Type.String({ format: 'date-time' })),
  notAfter: Type.Optional(Type.String({ format: 'date-time' })),
  caCertificateId: Type.Optional(Type.String({ description: "Absent: signed by AWS IoT's own CA" })),
  policyNames: Type.Array(Type.String({ description: 'Of the policies attached to it' })),
  groupPolicyNames: Type.Array(Type.String({ description: "Further ones that it has through its thing's groups" })),
})
export type Certificate = Static<typeof Certificate>

/** AWS IoT API reference, CertificateStatus. */
export const CERTIFICATE_STATUSES = [
  'ACTIVE',
  'INACTIVE',
  'REVOKED',
  'PENDING_TRANSFER',
  'PENDING_ACTIVATION',
  'REGISTER_INACTIVE',
] as const

/** What a person sets; the others come about by transfers and registrations (AWS IoT API reference, UpdateCertificate). */
export const SETTABLE_CERTIFICATE_STATUSES = ['ACTIVE', 'INACTIVE', 'REVOKED'] as const

/** So many days before it ends a certificate is said to expire: AWS IoT Device Defender's audit warns as early. */
export const EXPIRES_WITHIN_DAYS = 30

/** One that is valid for more years than this outlives most devices. */
export const LONG_LIVED_YEARS = 10

/** Why somebody should look at a certificate, the worst first. */
export const CERTIFICATE_WHYS = [
  'expired',
  'weak',
  'expiring',
  'shared',
  'onNothing',
  'neverSeen',
  'longLived',
] as const
export type CertificateWhy = (typeof CERTIFICATE_WHYS)[number]

const Moment = Type.String({ format: 'date-time' })

/** A thing that a certificate is attached to. */
export const CertificateThing = Type.Object({
  thingName: Type.String(),
  type: Type.Optional(Type.String({ description: "AWS's word: EXCLUSIVE_THING or NON_EXCLUSIVE_THING" })),
  connected: Type.Optional(Type.Boolean({ description: 'Whether its device is; absent: nobody could tell' })),
  clientId: Type.Optional(Type.String({ description: 'Of the connection that is open now' })),
  changedAt: Type.Optional(Type.String({ format: 'date-time', description: 'When it connected or disconnected last' })),
})
export type CertificateThing = Static<typeof CertificateThing>

/** What AWS tells of one certificate at a time, and what it says in itself (RFC 5280). */
export const CertificateLook = Type.Object({
  notBefore: Type.Optional(Moment),
  notAfter: Type.Optional(Moment),
  caCertificateId: Type.Optional(
    Type.String({ description: "Absent: of AWS IoT's own CA, or registered without one" }),
  ),
  subject: Type.Optional(Type.String({ description: '`CN=pump-7, O=Example`; absent: it could not be read' })),
  issuer: Type.Optional(Type.String()),
  key: Type.Optional(Type.String({ description: '`RSA 2048`, `EC P-256`' })),
  signature: Type.Optional(Type.String({ description: '`sha256WithRSAEncryption`' })),
  things: Type.Array(CertificateThing, { description: 'Of a row the first of them, of a detail all' }),
  thingCount: Type.Integer({ description: 'How many it is attached to' }),
  policyNames: Type.Array(Type.String()),
  toldBy: oneOf(['index', 'connection'], {
    description: 'Of connections; `connection`: by client ids that are equal to the names, of the last half hour',
  }),
  whys: Type.Array(oneOf(CERTIFICATE_WHYS)),
})
export type CertificateLook = Static<typeof CertificateLook>

/** What AWS lists of a certificate, and what was found when it was looked at. */
export const CertificateRow = Type.Object({
  certificateId: Type.String(),
  certificateArn: Type.String(),
  status: Type.String({ description: "AWS's own word" }),
  createdAt: Type.Optional(Moment),
  look: Type.Optional(CertificateLook),
  unread: Type.Optional(Type.String({ description: "Why it could not be looked at, in AWS's words" })),
})
export type CertificateRow = Static<typeof CertificateRow>

/** Rows that have neither `look` nor `unread` are being looked at: who asks again is told. */
export const CertificatePage = Type.Object({
  certificates: Type.Array(CertificateRow),
  nextToken: Type.Optional(Type.String()),
})
export type CertificatePage = Static<typeof CertificatePage>

/** No more rows than these come at once. */
export const MOST_FOUND_CERTIFICATES = 500

/**
 * What is the matter with active certificates. AWS tells nearly everything of one at a time: they are looked through at
 * a pace that leaves its rates to others, and the answer says how far that is.
 */
export const FoundCertificates = Type.Object({
  ...readOutcome,
  looked: Type.Integer({ description: 'So many active certificates were looked at so far' }),
  listed: Type.Integer({ description: 'Of so many' }),
  isOver: Type.Boolean({ description: 'Whether all of these were looked at' }),
  isAll: Type.Boolean({ description: 'Whether the account has no more than these' }),
  lookedAt: Type.Optional(Type.String({ format: 'date-time', description: 'When this was finished last' })),
  counts: Type.Array(Type.Object({ why: oneOf(CERTIFICATE_WHYS), count: Type.Integer() })),
  months: Type.Array(Type.Object({ month: Type.String({ description: '`2027-03`, UTC' }), count: Type.Integer() }), {
    description: 'How many end in which month, the first first; months without any are left out',
  }),
  certificates: Type.Array(CertificateRow, { description: 'That are as was asked, the one that ends first first' }),
  leftOut: Type.Integer({ description: 'Further ones that are as was asked' }),
})
export type FoundCertificates = Static<typeof FoundCertificates>

const Pem = (description: string) => Type.String({ minLength: 1, maxLength: 65_536, description })

/** A certificate whole. */
export const CertificateDetail = Type.Interface([CertificateRow], {
  certificatePem: Type.String(),
  mode: Type.Optional(Type.String({ description: 'DEFAULT, or SNI_ONLY: registered without a CA' })),
  changedAt: Type.Optional(Moment),
  ownedBy: Type.Optional(Type.String()),
  previousOwnedBy: Type.Optional(Type.String({ description: 'The account that it was transferred from' })),
})
export type CertificateDetail = Static<typeof CertificateDetail>

/** A certificate that was made; its private key only where AWS made it. */
export const MadeCertificate = Type.Object({
  certificateId: Type.String(),
  certificateArn: Type.String(),
  certificatePem: Type.String(),
  privateKey: Type.Optional(Type.String({ description: 'PEM; AWS gives it once and does not keep it' })),
})
export type MadeCertificate = Static<typeof MadeCertificate>

const params = Type.Object({ certificateId: CertificateId })
const ofThing = Type.Object({ certificateId: CertificateId, thingName: ThingName })
const ofPolicy = Type.Object({ certificateId: CertificateId, policyName: PolicyName })

export const certificateEndpoints = defineEndpoints({
  listCertificates: {
    method: 'GET',
    path: '/api/certificates',
    summary: 'A page of certificates, the newest first; what AWS tells of one at a time comes as it is looked at',
    access: 'viewer',
    query: Type.Object({
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
      status: Type.Optional(oneOf(CERTIFICATE_STATUSES)),
      caCertificateId: Type.Optional(CertificateId),
    }),
    answer: json(CertificatePage),
  },
  findCertificates: {
    method: 'GET',
    path: '/api/found-certificates',
    summary: 'Active certificates that somebody should look at, as far as they were looked through',
    access: 'viewer',
    query: Type.Object({
      why: Type.Optional(oneOf(CERTIFICATE_WHYS)),
      month: Type.Optional(Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$', description: 'That they end in' })),
    }),
    answer: json(FoundCertificates),
  },
  describeCertificate: {
    method: 'GET',
    path: '/api/certificates/:certificateId',
    summary: 'A certificate with its policies; of a thing, with those that it has as its principal',
    access: 'viewer',
    params: Type.Object({ certificateId: CertificateId }),
    query: Type.Object({ thingName: Type.Optional(ThingName) }),
    answer: json(Certificate),
  },
  inspectCertificate: {
    method: 'GET',
    path: '/api/certificates/:certificateId/details',
    summary: 'A certificate whole: itself, its things and policies, and who is connected with it',
    access: 'viewer',
    params,
    answer: json(CertificateDetail),
  },
  createCertificateFromCsr: {
    method: 'POST',
    path: '/api/certificates',
    summary: 'Has AWS IoT sign a certificate for a key that stays where it is',
    access: 'admin',
    audit: 'CreateCertificateFromCsr',
    body: Type.Object({
      certificateSigningRequest: Pem('PKCS #10, as PEM'),
      setAsActive: Type.Boolean(),
    }),
    answer: json(MadeCertificate),
  },
  createKeysAndCertificate: {
    method: 'POST',
    path: '/api/certificates/keys',
    summary: 'Has AWS IoT make a key pair with its certificate; the private key is answered once',
    access: 'admin',
    audit: 'CreateKeysAndCertificate',
    body: Type.Object({ setAsActive: Type.Boolean() }),
    answer: json(MadeCertificate),
  },
  registerCertificate: {
    method: 'POST',
    path: '/api/certificates/registered',
    summary: 'Registers a certificate that a CA signed which is registered, too',
    access: 'admin',
    audit: 'RegisterCertificate',
    body: Type.Object({
      certificatePem: Pem('X.509, as PEM'),
      caCertificatePem: Type.Optional(Pem('Of the registered CA, where several have the same subject')),
      status: oneOf(['ACTIVE', 'INACTIVE']),
    }),
    answer: json(MadeCertificate),
  },
  registerCertificateWithoutCa: {
    method: 'POST',
    path: '/api/certificates/registered-without-ca',
    summary: 'Registers a certificate alone: whoever signed it need not be known to AWS IoT',
    access: 'admin',
    audit: 'RegisterCertificateWithoutCA',
    body: Type.Object({ certificatePem: Pem('X.509, as PEM'), status: oneOf(['ACTIVE', 'INACTIVE']) }),
    answer: json(MadeCertificate),
  },
  updateCertificate: {
    method: 'PUT',
    path: '/api/certificates/:certificateId/status',
    summary: 'Activates, deactivates or revokes a certificate',
    access: 'admin',
    audit: 'UpdateCertificate',
    params,
    body: Type.Object({
      status: oneOf(SETTABLE_CERTIFICATE_STATUSES),
      expectedStatus: Type.Optional(
        Type.String({
          maxLength: 32,
          description:
            'That it had when it was looked at: where it is another by now, it stays (409, CERTIFICATE_CHANGED)',
        }),
      ),
    }),
    answer: EMPTY,
  },
  deleteCertificate: {
    method: 'DELETE',
    path: '/api/certificates/:certificateId',
    summary: 'Deletes a certificate that is not active and attached to nothing',
    access: 'admin',
    audit: 'DeleteCertificate',
    params,
    answer: EMPTY,
  },
  attachThingToCertificate: {
    method: 'PUT',
    path: '/api/certificates/:certificateId/things/:thingName',
    summary: 'Attaches a certificate to a thing',
    access: 'admin',
    audit: 'AttachThingPrincipal',
    params: ofThing,
    query: Type.Object({ type: Type.Optional(oneOf(['EXCLUSIVE_THING', 'NON_EXCLUSIVE_THING'])) }),
    answer: EMPTY,
  },
  detachThingFromCertificate: {
    method: 'DELETE',
    path: '/api/certificates/:certificateId/things/:thingName',
    summary: 'Detaches a certificate from a thing',
    access: 'admin',
    audit: 'DetachThingPrincipal',
    params: ofThing,
    answer: EMPTY,
  },
  attachPolicyToCertificate: {
    method: 'PUT',
    path: '/api/certificates/:certificateId/policies/:policyName',
    summary: 'Attaches a policy to a certificate',
    access: 'admin',
    audit: 'AttachPolicy',
    params: ofPolicy,
    answer: EMPTY,
  },
  detachPolicyFromCertificate: {
    method: 'DELETE',
    path: '/api/certificates/:certificateId/policies/:policyName',
    summary: 'Detaches a policy from a certificate',
    access: 'admin',
    audit: 'DetachPolicy',
    params: ofPolicy,
    answer: EMPTY,
  },
  getDeviceRootCa: {
    method: 'GET',
    path: '/api/device-root-ca',
    summary: 'The root certificate that devices trust, as PEM',
    access: 'viewer',
    answer: json(Type.Object({ pem: Type.String(), url: Type.String() })),
  },
})
