import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import type { OutgoingRequest } from '../outgoing-request.ts'

export interface SigningCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

type Bytes = string | ArrayBuffer | ArrayBufferView

const asBytes = (bytes: Bytes): string | Uint8Array =>
  typeof bytes === 'string'
    ? bytes
    : ArrayBuffer.isView(bytes)
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      : new Uint8Array(bytes)

/** SHA-256 as the signer takes it. */
class Sha256 {
  readonly #hash: Hash | Hmac

  constructor(secret?: Bytes) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', asBytes(secret))
  }

  update(chunk: Bytes): void {
    this.#hash.update(asBytes(chunk))
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }

  reset(): void {
    throw new Error('a hash is made anew for each text') // which the signer does
  }
}

/** Signs a request by Signature Version 4. @see AWS IoT developer guide, "HTTP" action, "SigV4" */
export async function signRequest(
  request: OutgoingRequest,
  scope: { readonly service: string; readonly region: string },
  credentials: SigningCredentials,
): Promise<OutgoingRequest> {
  const signer = new SignatureV4({ ...scope, credentials, sha256: Sha256 })
  const { method, url, body } = request
  const { headers } = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: queryOf(url),
    headers: {
      ...Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value])),
      host: url.host,
    },
    body,
  })
  return { ...request, headers: Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'host') }
}

function queryOf({ searchParams }: URL): Record<string, string[]> {
  return Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]))
}
