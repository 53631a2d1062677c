import { createHash } from 'node:crypto'
import { AwsError } from '@thingdeck/aws-api'
import { invalidRequest } from '../../../foundation/errors.ts'
import { decodeToken, encodeToken } from '../../../foundation/paging.ts'
import type { CandidatePlace } from '../thing-search-table.ts'

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
      const [of, text, seq] = decoded(token, listing, start)
      if (of !== digest) throw invalidRequest('nextToken was from a request with different parameters')
      return [text, seq]
    },
    encode: ([text, seq]) => encodeToken(listing, [digest, text, seq]),
  }
}

function decoded(token: string, listing: string, start: CandidatePlace): readonly [string, string, number] {
  try {
    return decodeToken<readonly [string, string, number]>(token, listing, ['', ...start])
  } catch (error) {
    if (error instanceof AwsError) throw invalidRequest('Invalid nextToken')
    throw error
  }
}
