import { toBase64 } from '../../../shared/bytes-text.ts'
import type { CheckedLine } from './check-lines.ts'

/** Nothing that AWS signs is of another kind (AWS IoT developer guide, "Create a client certificate"). */
const CURVES = ['P-256', 'P-384', 'P-521']
const LEAST_RSA_BITS = 2_048

/**
 * Why AWS would not sign the request of a thing, or why nobody should, by the name of the thing; those that bring none, and
 * those whose request is right, are not in it.
 */
export async function requestProblems(lines: readonly CheckedLine[]): Promise<ReadonlyMap<string, string>> {
  const problems = new Map<string, string>()
  const keyLines = new Map<string, number>()
  for (const { thing, row } of lines) {
    if (thing?.certificateSigningRequest === undefined) continue
    const read = await readRequest(thing.certificateSigningRequest)
    const keyLine = read.key === undefined ? undefined : keyLines.get(read.key)
    if (read.key !== undefined && keyLine === undefined) keyLines.set(read.key, row.line)
    const problem =
      read.problem ??
      (keyLine === undefined
        ? undefined
        : `Its key is that of the request in line ${keyLine}: each device has its own.`)
    if (problem !== undefined) problems.set(thing.thingName, problem)
  }
  return problems
}

interface ReadRequest {
  readonly key?: string
  readonly problem?: string
}

async function readRequest(requestPem: string): Promise<ReadRequest> {
  const { Pkcs10CertificateRequest } = await import('../../../shared/certificate/x509.ts') // large, and seldom needed
  try {
    const request = new Pkcs10CertificateRequest(requestPem)
    const key = toBase64(new Uint8Array(request.publicKey.rawData))
    if (!isTaken(request.publicKey.algorithm))
      return {
        key,
        problem: 'Its key is of a kind that AWS does not sign: RSA of 2048 bits or more, P-256, P-384 or P-521.',
      }
    // A page that did not come over HTTPS has nothing to verify with: AWS does it then.
    const isSigned = crypto.subtle === undefined || (await request.verify())
    return isSigned ? { key } : { key, problem: SPOILT }
  } catch {
    return { problem: SPOILT }
  }
}

const SPOILT = 'The request is not whole: a part of it was lost or changed since it was made.'

function isTaken(algorithm: KeyAlgorithm & { readonly namedCurve?: string; readonly modulusLength?: number }): boolean {
  return algorithm.namedCurve === undefined
    ? (algorithm.modulusLength ?? 0) >= LEAST_RSA_BITS
    : CURVES.includes(algorithm.namedCurve)
}
