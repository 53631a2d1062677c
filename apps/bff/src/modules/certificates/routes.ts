import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { Certificate, CertificateId, ThingName } from '@thingdeck/contract'
import type { Certificates } from './certificates.ts'

export const certificateRoutes: FastifyPluginAsyncTypebox<{ certificates: Certificates }> = async (
  app,
  { certificates },
) => {
  app.get(
    '/api/certificates/:certificateId',
    {
      config: { access: 'viewer' },
      schema: {
        params: Type.Object({ certificateId: CertificateId }),
        querystring: Type.Object({ thingName: Type.Optional(ThingName) }),
        response: { 200: Certificate },
      },
    },
    async ({ params: { certificateId }, query: { thingName } }) => certificates.describe(certificateId, thingName),
  )
}
