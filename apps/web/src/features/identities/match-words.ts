import { CLAIM_MATCHES, type ClaimMatch } from '@thingdeck/contract'

/** How a claim is compared, between the claim and the value. */
export const MATCH_WORDS: Readonly<Record<ClaimMatch, string>> = {
  Equals: 'is',
  Contains: 'contains',
  StartsWith: 'starts with',
  NotEqual: 'is not',
}

/** The same of what AWS says, which may be a comparison that nobody knew yet. */
export function matchWords(match: string): string {
  const known = CLAIM_MATCHES.find((each) => each === match)
  return known ? MATCH_WORDS[known] : match
}
