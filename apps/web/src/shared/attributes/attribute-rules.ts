import { AttributeName, AttributeValue, MOST_GROUP_ATTRIBUTES } from '@thingdeck/contract'
import type { PairRules } from '../form/pairs-field.tsx'
import { brokenAtOnce, limitsOf } from '../form/text-limits.ts'

/** What AWS takes for the name of an attribute, and for its value. */
export const ATTRIBUTE_NAME = limitsOf(AttributeName, 'letters, digits and _ . , @ / : # -')
export const ATTRIBUTE_VALUE = limitsOf(AttributeValue, 'letters, digits and _ . , @ / : # = [ ] -')

/** What AWS takes for attributes of a thing, or of a thing group. */
export const ATTRIBUTE_RULES: PairRules = {
  one: 'attribute',
  many: 'attributes',
  keyLabel: 'Name',
  valueLabel: 'Value',
  most: MOST_GROUP_ATTRIBUTES,
  problemOf: ({ key, value }, others) => ({
    key:
      key === ''
        ? 'An attribute needs a name.'
        : (brokenAtOnce(ATTRIBUTE_NAME, key) ??
          (others.includes(key) ? 'Another attribute has this name.' : undefined)),
    value: value === '' ? 'AWS takes an attribute without a value away.' : brokenAtOnce(ATTRIBUTE_VALUE, value),
  }),
}
