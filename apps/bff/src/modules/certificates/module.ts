import { endpoints } from '@thingdeck/contract'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createCertificates } from './certificates.ts'

export const certificates: Module = {
  name: 'certificates',
  routes(app, { aws }) {
    const found = createCertificates(aws.iot)
    route(app, endpoints.describeCertificate, async ({ params: { certificateId }, query: { thingName } }) =>
      found.describe(certificateId, thingName),
    )
  },
}
