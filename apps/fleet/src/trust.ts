import { getCACertificates, setDefaultCACertificates } from 'node:tls'

/**
 * Has every TLS connection of this process trust a root CA beside those of Node, as `NODE_EXTRA_CA_CERTS` does with a file.
 * @param url where the certificate is in PEM, `http://localhost:7400/_local/root-ca.pem`
 * @throws {Error} a sentence that says what is wrong there
 */
export async function trustRootCa(url: string): Promise<void> {
  const response = await fetch(url).catch((error: Error) => {
    throw new Error(
      `The root CA could not be fetched from ${url}: ${(error.cause as Error | undefined)?.message ?? error.message}`,
    )
  })
  const pem = await response.text()
  if (!response.ok) throw new Error(`The root CA could not be fetched from ${url}: it answers ${response.status}`)
  if (!pem.includes('BEGIN CERTIFICATE')) throw new Error(`What ${url} answers is no certificate in PEM`)
  setDefaultCACertificates([...getCACertificates('default'), pem])
}
