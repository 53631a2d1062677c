import { signIn } from '../../e2e/signed-in.ts'
import { Finding } from './attack.ts'

/** An admin at a console, as their page asks it. */
export class ConsoleVisit {
  readonly #url: string
  readonly #cookie: string

  private constructor(url: string, cookie: string) {
    this.#url = url
    this.#cookie = cookie
  }

  static async begin(url: string): Promise<ConsoleVisit> {
    const cookies = await signIn(url, 'Grace')
    return new ConsoleVisit(url, cookies.map(({ name, value }) => `${name}=${value}`).join('; '))
  }

  /**
   * @returns the answer's document; null where there is none
   * @throws {Finding} where it refuses what it has no reason to
   * @throws {TypeError} where there is no console
   */
  async ask<Answer>(method: 'DELETE' | 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<Answer> {
    const headers = { cookie: this.#cookie, origin: this.#url }
    const sent = body && {
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }
    const response = await fetch(`${this.#url}/api${path}`, { method, headers, ...sent })
    const text = await response.text()
    if (!response.ok) throw new Finding(`${method} ${path} was answered ${response.status}: ${text}`)
    return JSON.parse(text || 'null')
  }
}
