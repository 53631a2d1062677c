import { MOST_GROUP_ATTRIBUTES } from '@thingdeck/contract'
import type { PairRules } from '../form/pairs-field.tsx'
import { brokenAtOnce } from '../form/text-limits.ts'
import { ATTRIBUTE_NAME_LIMITS, ATTRIBUTE_VALUE_LIMITS } from '../things/registry-limits.ts'

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
        : (brokenAtOnce(ATTRIBUTE_NAME_LIMITS, key) ??
          (others.includes(key) ? 'Another attribute has this name.' : undefined)),
    value: value === '' ? 'AWS takes an attribute without a value away.' : brokenAtOnce(ATTRIBUTE_VALUE_LIMITS, value),
  }),
}
