import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import plugin from 'fastify-plugin'

export const OPENAPI_PATH = '/api/docs'

const CONTENT_SECURITY_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  // Swagger UI's script makes style elements of its own; the page shows nothing that anybody but us has written.
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
}

/** The API's own description at `/api/docs`, made from the routes' schemas; for people who are signed in. */
export const openapi = plugin(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Thingdeck BFF', version: '0.1.0', description: 'The control plane behind the console.' },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'thingdeck' } },
      },
    },
  })
  await app.register(swaggerUi, { routePrefix: OPENAPI_PATH, staticCSP: CONTENT_SECURITY_POLICY })
})
