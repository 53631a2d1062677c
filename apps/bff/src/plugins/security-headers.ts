import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import plugin from 'fastify-plugin'
import helmet, { type HelmetOptions } from 'helmet'

/** What browsers could give a page and this one never asks for, so that nobody who gets into it can. */
const UNUSED_FEATURES = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]

/** @see Permissions Policy (W3C), §5.2; the console writes to the clipboard, where a person asks for it. */
const PERMISSIONS_POLICY = [...UNUSED_FEATURES.map((feature) => `${feature}=()`), 'clipboard-write=(self)'].join(', ')

/**
 * What every answer says to browsers, also one that refuses:
 *
 * - A strict Content Security Policy: scripts, workers and styles from our origin only, connections to our origin and to
 *   the MQTT endpoint. Routes under `/api/docs` bring the one of Swagger UI.
 * - Nothing is kept in caches, the browser's own and those of proxies; the web app's files say otherwise of themselves.
 * - No frame, no window of another origin and no `<img>` of one reaches it. There is no Cross-Origin-Embedder-Policy: the
 *   policy above lets a page embed nothing of other origins anyway.
 *
 * @param connectTo further origins that pages may connect to, e.g. `wss://HOST`
 */
export const securityHeaders = plugin<{ connectTo: readonly string[]; https: boolean }>(
  async (app, { connectTo, https }) => {
    const headers = {
      'cache-control': 'no-store',
      'permissions-policy': PERMISSIONS_POLICY,
      ...helmetHeaders({
        contentSecurityPolicy: {
          useDefaults: false,
          directives: {
            defaultSrc: ["'none'"],
            scriptSrc: ["'self'"],
            styleSrc: ["'self'"],
            // React and the component library set style attributes; that runs no code.
            styleSrcAttr: ["'unsafe-inline'"],
            imgSrc: ["'self'", 'data:'],
            fontSrc: ["'self'", 'data:'],
            connectSrc: ["'self'", ...connectTo],
            workerSrc: ["'self'"],
            manifestSrc: ["'self'"],
            frameAncestors: ["'none'"],
            baseUri: ["'none'"],
            formAction: ["'self'"],
            // No text becomes HTML or code; what may, says the one policy that the console makes: its own files, as workers.
            requireTrustedTypesFor: ["'script'"],
            trustedTypes: ['default'],
            ...(https && { upgradeInsecureRequests: [] }),
          },
        },
        hsts: https ? { maxAge: 31_536_000 } : false,
        frameguard: { action: 'deny' },
        referrerPolicy: { policy: 'same-origin' },
        crossOriginEmbedderPolicy: false,
      }),
    }
    app.addHook('onRequest', async (_request, reply) => {
      reply.headers(headers)
    })
  },
)

/** None of them depends on a request: made once, they need not be for each one. */
function helmetHeaders(options: HelmetOptions): Readonly<Record<string, string>> {
  const nobodys = new IncomingMessage(new Socket())
  const response = new ServerResponse(nobodys)
  helmet(options)(nobodys, response, (error) => {
    if (error) throw error
  })
  return Object.fromEntries(response.getHeaderNames().map((name) => [name, String(response.getHeader(name))]))
}
