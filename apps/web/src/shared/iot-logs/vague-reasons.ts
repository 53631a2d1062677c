/** Reasons that say how it ended but not by what; the details that AWS IoT logs with them do. */
const VAGUE: ReadonlySet<string> = new Set([
  'AUTH_ERROR',
  'CLIENT_ERROR',
  'FORBIDDEN_ACCESS',
  'RESOURCE_NOT_FOUND',
  'SERVER_ERROR',
])

/** `the device broke the protocol: The packet is too large`, where the reason alone says little. */
export const withDetails = (why: string, reason: string, details: string | undefined): string =>
  VAGUE.has(reason) && details !== undefined && details !== reason ? `${why}: ${details}` : why
