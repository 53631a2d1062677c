import { createHash } from 'node:crypto'
import { invalidRequest } from '../../../foundation/errors.ts'
import { decodeToken, encodeToken } from '../../../foundation/paging.ts'
import type { CandidatePlace } from '../thing-attribute-search.ts'

/** Where a search goes on. A token is good for the request that it came with, whatever its `maxResults`. */
export interface SearchTokens {
  /** @throws {AwsError} InvalidRequestException for a token that is none, or of another request */
  decode(token: string | undefined, start: CandidatePlace): CandidatePlace
  encode(place: CandidatePlace): string
}

/**
 * @param listing what is listed; a token of one listing is none of another
 * @param parameters what the request asks for, as it was sent: AWS tells the default of a member from its absence
 */
export function searchTokens(listing: string, parameters: readonly (string | undefined)[]): SearchTokens {
  const digest = createHash('sha256')
    .update(JSON.stringify(parameters.map((parameter) => parameter ?? null)))
    .digest('base64url')
    .slice(0, 16)
  return {
    decode(token, start) {
      if (token === undefined) return start
      const from: readonly [string, string, number] = ['', ...start]
      const [of, text, seq] = decodeToken(token, listing, from, () => invalidRequest('Invalid nextToken'))
      if (of !== digest) throw invalidRequest('nextToken was from a request with different parameters')
      return [text, seq]
    },
    encode: ([text, seq]) => encodeToken(listing, [digest, text, seq]),
  }
}

/** Where in which step a search goes on, and what it chose: as a token keeps them. No name has a line break. */
export const placeOf = (stepAndChoices: readonly number[], [text, seq]: CandidatePlace): CandidatePlace => [
  `${stepAndChoices.join('.')}\n${text}`,
  seq,
]

export function startOf([text, seq]: CandidatePlace): {
  step: number
  choices: readonly number[]
  place: CandidatePlace
} {
  const [, numbers = '0', rest = text] = /^(\d+(?:\.\d+)*)\n(.*)$/s.exec(text) ?? []
  const [step = 0, ...choices] = numbers.split('.').map(Number)
  return { step, choices, place: [rest, seq] }
}
