import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { ThingName } from './things.ts'

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

export const certificateEndpoints = defineEndpoints({
  describeCertificate: {
    method: 'GET',
    path: '/api/certificates/:certificateId',
    summary: 'A certificate with its policies; of a thing, with those that it has as its principal',
    access: 'viewer',
    params: Type.Object({ certificateId: CertificateId }),
    query: Type.Object({ thingName: Type.Optional(ThingName) }),
    answer: json(Certificate),
  },
})
