import { MOST_TAGS, type Tags } from '@thingdeck/contract'
import type { PairRules } from '../form/pairs-field.tsx'

/** AWS IoT developer guide, "Tag naming limits and conventions"; AWS IoT API reference, Tag. */
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u
const ALLOWED = 'Only letters, digits, blanks and _ . : / = + - @'
const MOST_IN_KEY = 128
const MOST_IN_VALUE = 256

const lengthOf = (text: string) => [...text].length

function keyProblem(key: string, others: readonly string[]): string | undefined {
  if (key === '') return 'A tag needs a key.'
  if (isReserved(key)) return 'Keys that begin with aws: are reserved by AWS.'
  if (!CHARACTERS.test(key)) return `${ALLOWED}.`
  if (lengthOf(key) > MOST_IN_KEY) return `At most ${MOST_IN_KEY} characters; this has ${lengthOf(key)}.`
  return others.includes(key) ? 'Another tag has this key.' : undefined
}

function valueProblem(value: string): string | undefined {
  if (!CHARACTERS.test(value)) return `${ALLOWED}.`
  return lengthOf(value) > MOST_IN_VALUE
    ? `At most ${MOST_IN_VALUE} characters; this has ${lengthOf(value)}.`
    : undefined
}

/** What AWS takes for tags. */
export const TAG_RULES: PairRules = {
  one: 'tag',
  many: 'tags',
  keyLabel: 'Key',
  valueLabel: 'Value',
  most: MOST_TAGS,
  problemOf: ({ key, value }, others) => ({ key: keyProblem(key, others), value: valueProblem(value) }),
}

/** Tags that AWS itself gave; nobody else changes them. */
const isReserved = (key: string) => /^aws:/i.test(key)

/** Those that people gave. */
export const ownTags = (tags: Tags = {}): Tags =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !isReserved(key)))
