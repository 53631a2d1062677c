/** Characters that mean the same with and without percent-encoding (RFC 3986 §2.3). */
const UNRESERVED = /^[\w.~-]$/

/** `http://any.host/things` is `/things`: a proxy's form of the request (RFC 9112 §3.2.2). */
const AUTHORITY = /^https?:\/\/[^/?#]*\/?/i

/**
 * The address of a request in the one form in which it is routed, let in, counted and logged: `/%74hings/a%2fb?q`
 * → `/things/a%2Fb?q`. The router decodes by itself, and whoever compares what it was given would see another path.
 * What nothing decodes stands for itself, `%zz` → `%25zz`: the router would answer it before anybody has counted the
 * request or logged it, and without the headers that all answers have. The query stays as it is.
 * @see RFC 3986 §6.2.2.1 and §6.2.2.2; URL Standard, "percent-decode"
 */
export function normalizedUrl(url: string): string {
  if (isNormalized(url)) return url
  const target = url.replace(AUTHORITY, '/')
  const end = target.search(/[?#]/)
  const [path, rest] = end < 0 ? [target, ''] : [target.slice(0, end), target.slice(end)]
  return `${path.split('/').map(normalizedSegment).join('/')}${rest}`
}

/** Most are. */
const isNormalized = (url: string): boolean => url.startsWith('/') && !url.includes('%')

function normalizedSegment(segment: string): string {
  if (!isDecodable(segment)) return segment.replaceAll('%', '%25')
  return segment.replace(/%[0-9a-f]{2}/gi, normalizedOctet)
}

function isDecodable(segment: string): boolean {
  try {
    decodeURIComponent(segment)
    return true
  } catch {
    return false
  }
}

function normalizedOctet(octet: string): string {
  const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16))
  return UNRESERVED.test(character) ? character : octet.toUpperCase()
}
