import { Type } from 'typebox'

/** Of a thing or a thing group (AWS IoT API reference, AttributePayload). */
export const AttributeName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[a-zA-Z0-9_.,@/:#-]+$' })
/** No blanks, and not empty: AWS takes an attribute with an empty value away. */
export const AttributeValue = Type.String({ minLength: 1, maxLength: 800, pattern: '^[a-zA-Z0-9_.,@/:#=\\[\\]-]+$' })

/** Of a thing or a thing group: where it is deleted and made anew, its versions begin at 1 once more. */
export const ExpectedId = Type.String({
  minLength: 1,
  maxLength: 128,
  description: 'As it was seen: one that was deleted and made anew meanwhile is another',
})

/** A thing group has up to 50 (AWS IoT Core quotas, thing groups). */
export const MOST_GROUP_ATTRIBUTES = 50
export const GroupAttributes = Type.Record(AttributeName, AttributeValue, { maxProperties: MOST_GROUP_ATTRIBUTES })

/** Of a thing type, a thing group, a billing group: `[\p{Graph}\x20]*` (AWS IoT API reference, CreateThingGroup). */
export const RegistryDescription = Type.String({ maxLength: 2_028, pattern: '^[\\x20-\\x7E]*$' })
