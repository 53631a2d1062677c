/**
 * The page to open after signing in: a path of ours, or `/`. What a browser would read as another origin
 * (`//host`, `/\host`, `https://host`) is never followed.
 */
export function safeReturnTo(input: string | undefined): string {
  if (!input?.startsWith('/')) return '/'
  const base = 'http://console.invalid'
  const url = URL.parse(input, base)
  return url?.origin === base ? `${url.pathname}${url.search}${url.hash}` : '/'
}
