import { ALGORITHM, type CredentialScope, parseQuery, TERMINATOR } from './canonical.ts'
import { SigV4Error } from './error.ts'

/** What a request says about its own signature, before anything is checked against a key. */
export interface Authorization {
  readonly scope: CredentialScope
  /** Lower-case and sorted. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

/**
 * Parses `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
 * @throws {SigV4Error} `IncompleteSignatureException`, naming every part that is missing
 */
export function parseAuthorizationHeader(header: string): Authorization {
  const [, algorithm = '', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(header) ?? []
  if (algorithm !== ALGORITHM) throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}'.`)
  const parts = new Map<string, string>()
  for (const pair of rest.split(',')) {
    const [, name, value = ''] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/s.exec(pair) ?? []
    if (name !== undefined) parts.set(name, value)
  }
  return authorizationFrom(parts, 'Authorization header', ['Credential', 'SignedHeaders', 'Signature'])
}

/**
 * Reads the `X-Amz-*` parameters of a presigned URL; values must be decoded.
 * @throws {SigV4Error} `IncompleteSignatureException`, naming every parameter that is missing
 */
export function parseAuthorizationQuery(parameters: ReadonlyMap<string, string>): Authorization {
  const algorithm = parameters.get('X-Amz-Algorithm') ?? ''
  if (algorithm !== ALGORITHM) throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}'.`)
  const names = ['X-Amz-Credential', 'X-Amz-SignedHeaders', 'X-Amz-Signature'] as const
  return authorizationFrom(parameters, 'AWS query-string', names)
}

function authorizationFrom(
  parts: ReadonlyMap<string, string>,
  place: string,
  names: readonly [credential: string, signedHeaders: string, signature: string],
): Authorization {
  const missing = names.filter((name) => !parts.get(name))
  if (missing.length > 0) throw incomplete(missing.map((name) => `${place} requires '${name}' parameter.`).join(' '))
  const [credential, signedHeaders, signature] = names.map((name) => parts.get(name) ?? '')
  return {
    scope: parseCredential(credential ?? ''),
    signedHeaders: (signedHeaders ?? '').toLowerCase().split(';').sort(),
    signature: signature ?? '',
  }
}

function parseCredential(credential: string): CredentialScope {
  const parts = credential.split('/')
  const [accessKeyId, date, region, service, terminator] = parts
  if (parts.length !== 5 || !accessKeyId || !date || region === undefined || !service) {
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    )
  }
  if (terminator !== TERMINATOR) {
    throw new SigV4Error(
      'InvalidSignatureException',
      `Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'.`,
    )
  }
  return { accessKeyId, date, region, service }
}

/** The decoded value of each parameter of a query; where a name occurs twice the last one. */
export function decodedParameters(query: string): Map<string, string> {
  return new Map(parseQuery(query).map(([name, value]) => [decode(name), decode(value)]))
}

function decode(raw: string): string {
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw // a stray percent sign: no parameter of ours holds one, and the signature will tell
  }
}

export function incomplete(message: string): SigV4Error {
  return new SigV4Error('IncompleteSignatureException', message)
}
