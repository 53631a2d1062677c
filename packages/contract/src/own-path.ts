const ANY_ORIGIN = 'http://console.invalid'

/**
 * A path of the console as a browser would make of it, or undefined for what would lead elsewhere. It is judged as it
 * will be followed: resolving `/.//evil.test` leaves `//evil.test`, which is another host when it is resolved again.
 * @see WHATWG URL Standard, "path state": dot segments (also `%2e`) go, `\` is `/`, tabs and newlines are left out
 */
export function ownPath(input: string | undefined): string | undefined {
  if (!input?.startsWith('/')) return undefined
  const path = pathOf(input)
  return path !== undefined && pathOf(path) === path ? path : undefined
}

function pathOf(input: string): string | undefined {
  const url = URL.parse(input, ANY_ORIGIN)
  return url?.origin === ANY_ORIGIN ? `${url.pathname}${url.search}${url.hash}` : undefined
}
