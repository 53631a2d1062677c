import { credentialPairs } from '@thingdeck/policies'

/** `key=value` as it stands in a user name or a query, decoded. */
export interface SentPair {
  readonly key: string
  readonly value: string
}

export interface SentPairs {
  readonly pairs: readonly SentPair[]
  /** What is wrong, or likely not meant, in a sentence each. */
  readonly problems: readonly string[]
}

/** Reads `a=1&b=2`, and says what is likely not meant. */
export function readPairs(text: string): SentPairs {
  const pairs: SentPair[] = []
  const problems: string[] = []
  for (const { text: part, key, value, isPair, isKeyBroken } of credentialPairs(text)) {
    if (!isPair) {
      problems.push(`“${part}” is no pair: a key, an equals sign and a value are meant, key=value.`)
      continue
    }
    if (isKeyBroken || value === undefined) {
      problems.push(`“${part}” has a % that begins no escape: write %25 for a percent sign.`)
    }
    if (pairs.some((other) => other.key === key))
      problems.push(`${key} is there more than once: AWS IoT takes it once.`)
    pairs.push({ key, value: value ?? part.slice(part.indexOf('=') + 1) })
  }
  return { pairs, problems }
}

/** Writes pairs so that any value comes through: keys and values are percent-encoded. */
export const writePairs = (pairs: readonly SentPair[]): string =>
  pairs.map(({ key, value }) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&')

/** Takes the place of pairs of the same keys, and leaves all others as they are written. What has no value is taken out. */
export function putPairs(text: string, put: readonly SentPair[]): string {
  const keys = new Set(put.map(({ key }) => key.toLowerCase()))
  const written = put.filter(({ value }) => value !== '')
  const others = credentialPairs(text).flatMap((pair) => (keys.has(pair.key.toLowerCase()) ? [] : [pair.text]))
  return [...others, writePairs(written)].filter((part) => part !== '').join('&')
}
