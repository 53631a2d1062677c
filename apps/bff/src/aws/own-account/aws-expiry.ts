/** What AWS's services say of temporary keys whose time is over; S3 and STS leave out the ending. */
const EXPIRED = new Set(['ExpiredTokenException', 'ExpiredToken'])

/** What they say of keys that they do not know: of ended ones, too, once they have forgotten them. */
const UNKNOWN = new Set(['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidAccessKeyId'])

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '')

/** AWS says that the credentials have ended. */
export const isExpiry = (error: unknown): boolean => EXPIRED.has(nameOf(error))

/** Other credentials may be taken where these are not. */
export const isRefusedKey = (error: unknown): boolean => isExpiry(error) || UNKNOWN.has(nameOf(error))
