import { type Static, Type } from 'typebox'
import { AttributeName, AttributeValue } from './registry-attributes.ts'
import { ThingName } from './things.ts'

/** A thing that is to be made, with the certificate that is made for a request, if there is one. */
export const PlannedThing = Type.Object({
  thingName: ThingName,
  thingTypeName: Type.Optional(ThingName),
  attributes: Type.Optional(Type.Record(AttributeName, AttributeValue, { maxProperties: 50 })),
  thingGroupNames: Type.Optional(Type.Array(ThingName, { minItems: 1, maxItems: 10 })),
  billingGroupName: Type.Optional(ThingName),
  certificateSigningRequest: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 4_096,
      pattern: '^-----BEGIN (NEW )?CERTIFICATE REQUEST-----',
      description: 'PKCS #10 in PEM (AWS IoT API reference, CreateCertificateFromCsr)',
    }),
  ),
})
export type PlannedThing = Static<typeof PlannedThing>
