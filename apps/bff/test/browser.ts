/** A person's browser as far as sign-in needs one: it keeps cookies per origin, follows redirects, and sends forms. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>()

  /** One request, redirects followed with its `accept`. `page` is where it ended. */
  async open(url: string | URL, init: RequestInit = {}): Promise<{ page: URL; response: Response }> {
    const accept = new Headers(init.headers).get('accept')
    let page = new URL(url)
    let request = init
    for (let hops = 0; hops < 20; hops += 1) {
      const response = await this.fetch(page, request)
      const location = response.headers.get('location')
      if (response.status < 300 || response.status >= 400 || !location) return { page, response }
      page = new URL(location, page)
      request = accept === null ? {} : { headers: { accept } }
    }
    throw new Error(`More than 20 redirects, the last to ${page.href}`)
  }

  /** One request with this browser's cookies, redirects not followed. */
  async fetch(url: URL | string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url)
    const jar = this.#cookies.get(origin) ?? new Map<string, string>()
    this.#cookies.set(origin, jar)
    const headers = new Headers(init.headers)
    if (jar.size > 0) headers.set('cookie', this.cookieOf(origin))
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/;\s*(?:max-age=0|expires=Thu, 01 Jan 1970)/i.test(cookie)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  /** Drops the cookies of an origin, as clearing a site's data does. */
  forget(url: string): void {
    this.#cookies.delete(new URL(url).origin)
  }

  /** The header that it sends there. */
  cookieOf(origin: string): string {
    return [...(this.#cookies.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

/** Signs in at the embedded issuer's page as one of its people; returns the page where that ended. */
export async function signIn(
  browser: Browser,
  consoleUrl: string,
  person: 'vera' | 'ada' | 'grace',
  returnTo = '/api/session',
  headers: Readonly<Record<string, string>> = {},
) {
  const { page, response } = await browser.open(
    new URL(`/auth/login?returnTo=${encodeURIComponent(returnTo)}`, consoleUrl),
    { headers },
  )
  if (page.origin === new URL(consoleUrl).origin) return { page, response } // the issuer was not reached
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(await response.text()) ?? []
  return browser.open(new URL(action, page), {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded', origin: page.origin },
    body: `person=${person}`,
  })
}
