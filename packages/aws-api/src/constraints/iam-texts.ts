import { text } from '../constraint.ts'

/** Of the JSON of a policy: every character that IAM and STS take. @see AWS Identity and Access Management API Reference */
export const IAM_DOCUMENT = '[\\t\\n\\r -\\xff]+'

/** Of tags, which STS has as IAM. @see AWS Identity and Access Management API Reference, "Tag" */
export const IAM_TAG_KEY = text(1, 128, '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+')
export const IAM_TAG_VALUE = text(0, 256, '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*')
