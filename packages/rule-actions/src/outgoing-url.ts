/** The ports that HTTP actions of AWS send to. */
const PORTS: readonly string[] = ['443', '8443']

/** Addresses of this machine, which AWS has none of: there any port goes here, and plain text. */
export const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

/** Why rules do not send there; undefined where they do. */
export function whyNotUrl(text: string, ports = PORTS): string | undefined {
  const url = URL.parse(text)
  if (!url) return `${text} is no URL: it begins with https://`
  if (url.username !== '' || url.password !== '') return 'a URL must not have a name or a password in it'
  const { protocol, hostname, port } = url
  if (isLoopback(hostname) && /^https?:$/.test(protocol)) return undefined
  if (protocol !== 'https:') return `${text} does not begin with https://, which only loopback addresses need not`
  if (port !== '' && !ports.includes(port)) {
    return `the port of ${text} must be ${ports.slice(0, -1).join(', ')} or ${ports.at(-1)}, but for loopback addresses`
  }
  return undefined
}
