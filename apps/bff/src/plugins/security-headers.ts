import helmet from '@fastify/helmet'
import plugin from 'fastify-plugin'

/**
 * A strict Content Security Policy: scripts, workers and styles from our origin only, connections to our origin and to
 * the MQTT endpoint. Routes under `/api/docs` bring the one of Swagger UI.
 * @param connectTo further origins that pages may connect to, e.g. `wss://HOST`
 */
export const securityHeaders = plugin<{ connectTo: readonly string[]; https: boolean }>(
  async (app, { connectTo, https }) => {
    await app.register(helmet, {
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
          ...(https && { upgradeInsecureRequests: [] }),
        },
      },
      hsts: https ? { maxAge: 31_536_000 } : false,
      referrerPolicy: { policy: 'same-origin' },
      crossOriginEmbedderPolicy: false,
    })
  },
)
