interface TrustedTypesFactory {
  createPolicy(name: string, rules: { readonly createScriptURL: (address: string) => string }): unknown
}

/**
 * Tells a browser that wants Trusted Types (our Content Security Policy does) what may become code here: files of the
 * console itself, as workers. HTML and scripts of texts may not: there is no rule for them. Browsers without Trusted Types
 * do nothing. Once in each page and worker, before it starts another.
 *
 * @see Trusted Types (W3C), §2.3.4 "Default policy"
 */
export function trustOwnFilesOnly(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypesFactory }
  trustedTypes?.createPolicy('default', {
    createScriptURL(address) {
      const { origin, pathname, href } = new URL(address, location.href)
      if (origin === location.origin && pathname.startsWith('/assets/')) return href
      throw new TypeError(`${address} is no file of the console: nothing else runs here`)
    },
  })
}
