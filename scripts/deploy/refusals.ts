import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import type { EmbeddedServer } from '../run/embedded-server.ts'

/** What an embedded server refused, see docs/local.md. */
export interface Refusal {
  /** ARN of a session, or whoever it was. */
  readonly principal: string
  readonly action: string
  readonly resource: string
}

/** What an embedded server refused lately, asked as its administrator. */
export async function refusalsOf({ http, sdk }: Pick<EmbeddedServer, 'http' | 'sdk'>): Promise<Refusal[]> {
  const url = new URL('/_local/refusals', http)
  const { protocol, hostname, host, pathname: path } = url
  const signer = new SignatureV4({ ...sdk, service: 'iot', sha256: Sha256 })
  const { headers } = await signer.sign({ method: 'GET', protocol, hostname, path, headers: { host } })
  const { refusals } = (await (await fetch(url, { headers })).json()) as { refusals: Refusal[] } // as the route answers
  return refusals
}
