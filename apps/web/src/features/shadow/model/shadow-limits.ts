import type { TextLimits } from '../../../shared/form/text-limits.ts'

/** AWS IoT data plane API, `thingName`. */
export const THING_NAME: TextLimits = {
  isRequired: true,
  maxLength: 128,
  pattern: /^[a-zA-Z0-9:_-]+$/,
  words: 'letters, digits and : _ -',
}

/** AWS IoT data plane API, `shadowName`; empty is the classic shadow. */
export const SHADOW_NAME: TextLimits = {
  maxLength: 64,
  pattern: /^[$a-zA-Z0-9:_-]+$/,
  words: 'letters, digits and $ : _ -',
}
