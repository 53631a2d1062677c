import type { Config } from '../../config.ts'
import { Problem } from '../../problem.ts'

const TIMEOUT_MS = 5_000
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/

/** The certificate that devices trust, from where the configuration says. A browser may not ask there. */
export class RootCa {
  readonly #url: URL
  #pem: string | undefined

  constructor({ deviceRootCaUrl }: Pick<Config, 'deviceRootCaUrl'>) {
    this.#url = deviceRootCaUrl
  }

  /** @throws {Problem} `ROOT_CA_UNAVAILABLE` */
  async read(): Promise<{ readonly pem: string; readonly url: string }> {
    const url = this.#url.href
    this.#pem ??= await this.#fetch()
    return { pem: this.#pem, url }
  }

  async #fetch(): Promise<string> {
    const url = this.#url.href
    let text: string
    try {
      const response = await fetch(this.#url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
      if (!response.ok) throw new Error(`it answered ${response.status}`)
      text = await response.text()
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new Problem('ROOT_CA_UNAVAILABLE', `The console's server could not fetch ${url}: ${why}`, { cause })
    }
    if (!PEM.test(text)) throw new Problem('ROOT_CA_UNAVAILABLE', `What is at ${url} is no certificate in PEM`)
    return text
  }
}
