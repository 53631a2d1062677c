import { AttributeName, AttributeValue, RegistryDescription, ThingName } from '@thingdeck/contract'
import { limitsOf } from '../form/text-limits.ts'

/** Of a thing, a thing type, a thing group or a billing group. */
export const NAME_LIMITS = limitsOf(ThingName, 'letters, digits and : _ -')
/** Of a thing type, a thing group or a billing group. */
export const DESCRIPTION_LIMITS = limitsOf(RegistryDescription, 'ASCII letters, digits, signs and blanks')
export const ATTRIBUTE_NAME_LIMITS = limitsOf(AttributeName, 'letters, digits and _ . , @ / : # -')
export const ATTRIBUTE_VALUE_LIMITS = limitsOf(AttributeValue, 'letters, digits and _ . , @ / : # = [ ] -')
