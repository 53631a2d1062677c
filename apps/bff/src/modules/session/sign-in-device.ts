import type { FastifyRequest } from 'fastify'
import type { SignInDevice } from '../../person.ts'

/** The first that a browser names itself by: most name those that they descend from, too. */
const BROWSERS = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const

const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(iPhone|iPad)\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
] as const

/**
 * What a browser says of itself, in the words that people have for it: `Firefox on Linux`. Of the header nothing else is
 * kept, so that nothing of whoever wrote it is ever shown. Undefined: it names neither.
 */
export function browserInWords(userAgent: string): string | undefined {
  const [browser] = BROWSERS.find(([, sign]) => sign.test(userAgent)) ?? []
  const [system] = SYSTEMS.find(([, sign]) => sign.test(userAgent)) ?? []
  return browser && system ? `${browser} on ${system}` : (browser ?? system)
}

/** With what somebody signs in by this request. */
export function deviceOf(request: FastifyRequest, knowsAddress: boolean): SignInDevice {
  const browser = browserInWords(request.headers['user-agent'] ?? '')
  return { ...(browser !== undefined && { browser }), ...(knowsAddress && { address: request.ip }) }
}
