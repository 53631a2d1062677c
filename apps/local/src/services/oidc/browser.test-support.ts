/** As much of a browser as a sign-in needs: cookies and redirects, as long as they stay with the issuer. */
export class Browser {
  readonly #origin: string
  readonly #cookies = new Map<string, string>()

  constructor(origin: string) {
    this.#origin = origin
  }

  /** The page, or the address elsewhere to which the browser is sent. */
  async open(url: URL, form?: Record<string, string>): Promise<{ response?: Response; text: string; url: URL }> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        accept: 'text/html',
      },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) return { response, text: await response.text(), url }
    const next = new URL(location, url)
    return next.origin === this.#origin ? this.open(next) : { text: '', url: next }
  }
}
