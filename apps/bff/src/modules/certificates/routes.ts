import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { Certificate, CertificateId } from '@thingdeck/contract'
import type { Certificates } from './certificates.ts'

export const certificateRoutes: FastifyPluginAsyncTypebox<{ certificates: Certificates }> = async (
  app,
  { certificates },
) => {
  app.get(
    '/api/certificates/:certificateId',
    {
      config: { access: 'viewer' },
      schema: { params: Type.Object({ certificateId: CertificateId }), response: { 200: Certificate } },
    },
    async ({ params: { certificateId } }) => certificates.describe(certificateId),
  )
}
