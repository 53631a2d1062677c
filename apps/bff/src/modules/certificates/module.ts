import { endpoints, type MadeCertificate } from '@thingdeck/contract'
import { certificateResource, createCertificateChange } from '../../aws/certificates/certificate-change.ts'
import { createCertificateReading } from '../../aws/certificates/certificate-reading.ts'
import { listCertificates } from '../../aws/certificates/certificate-rows.ts'
import { foundCertificates } from '../../aws/certificates/certificate-watch.ts'
import { InTurn } from '../../in-turn.ts'
import type { AuditNote } from '../../plugins/audit/audit.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { Module } from '../module.ts'
import { createCertificateWrites } from './certificate-writes.ts'
import { RootCa } from './root-ca.ts'

/** Device certificates: what they are, what they are attached to, and what is done with them. */
export const certificates: Module = {
  name: 'certificates',
  routes(app, { aws, config }) {
    const found = createCertificateReading(aws.iot, aws.arns)
    const writes = createCertificateWrites(aws.iot, aws.arns)
    const { looks, watch } = aws.certificates
    const rootCa = new RootCa(config)
    const resource = (id: string) => certificateResource(aws, id)
    const change = createCertificateChange(aws)
    const inTurn = new InTurn()

    route(app, endpoints.describeCertificate, async ({ params: { certificateId }, query: { thingName } }) =>
      found.describe(certificateId, thingName),
    )
    route(app, endpoints.listCertificates, async ({ query }) => listCertificates(aws.iot, looks, query))
    route(app, endpoints.findCertificates, async ({ query }) => foundCertificates(await watch.look(), query))
    route(app, endpoints.inspectCertificate, async ({ params }) => looks.inspect(params.certificateId))
    route(app, endpoints.getDeviceRootCa, async () => rootCa.read())

    // Of what was made, the trail has the certificate, and never a key.
    const noteMade = ({ certificateId, certificatePem }: MadeCertificate, status: string): AuditNote => {
      watch.forget(certificateId)
      return { resource: resource(certificateId), changes: changedMembers({}, { status, certificatePem }) }
    }
    const statusFor = (setAsActive: boolean) => (setAsActive ? 'ACTIVE' : 'INACTIVE')

    route(app, endpoints.createCertificateFromCsr, async (request) => {
      const { certificateSigningRequest, setAsActive } = request.body
      const made = await writes.createFromCsr(certificateSigningRequest, setAsActive)
      request.noteAudit(noteMade(made, statusFor(setAsActive)))
      return made
    })

    route(app, endpoints.createKeysAndCertificate, async (request) => {
      const { setAsActive } = request.body
      const made = await writes.createKeys(setAsActive)
      request.noteAudit(noteMade(made, statusFor(setAsActive)))
      return made
    })

    route(app, endpoints.registerCertificate, async (request) => {
      const made = await writes.register(request.body)
      request.noteAudit(noteMade(made, request.body.status))
      return made
    })

    route(app, endpoints.registerCertificateWithoutCa, async (request) => {
      const made = await writes.registerWithoutCa(request.body)
      request.noteAudit(noteMade(made, request.body.status))
      return made
    })

    route(app, endpoints.updateCertificate, async (request) => {
      const { certificateId } = request.params
      const { status, expectedStatus } = request.body
      request.noteAudit({ resource: resource(certificateId) })
      return inTurn.do(certificateId, async () => {
        const { status: before } = await found.before(certificateId)
        if (expectedStatus !== undefined && before !== expectedStatus && before !== status)
          throw new Problem(
            'CERTIFICATE_CHANGED',
            `It is ${before} by now, and was ${expectedStatus} when it was looked at: nothing was changed.`,
          )
        return change(request, certificateId, changedMembers({ status: before }, { status }), () =>
          writes.setStatus(certificateId, status),
        )
      })
    })

    route(app, endpoints.deleteCertificate, async (request) => {
      const { certificateId } = request.params
      request.noteAudit({ resource: resource(certificateId) })
      const before = await found.before(certificateId)
      return change(request, certificateId, changedMembers(before, {}), () => writes.delete(certificateId))
    })

    route(app, endpoints.attachThingToCertificate, async (request) => {
      const { certificateId, thingName } = request.params
      const { type } = request.query
      return change(request, certificateId, changedMembers({}, { [thingName]: type ?? ATTACHED }, 'things'), () =>
        writes.attachThing(certificateId, thingName, type),
      )
    })

    route(app, endpoints.detachThingFromCertificate, async (request) => {
      const { certificateId, thingName } = request.params
      return change(request, certificateId, changedMembers({ [thingName]: ATTACHED }, {}, 'things'), () =>
        writes.detachThing(certificateId, thingName),
      )
    })

    route(app, endpoints.attachPolicyToCertificate, async (request) => {
      const { certificateId, policyName } = request.params
      return change(request, certificateId, changedMembers({}, { [policyName]: ATTACHED }, 'policies'), () =>
        writes.attachPolicy(certificateId, policyName),
      )
    })

    route(app, endpoints.detachPolicyFromCertificate, async (request) => {
      const { certificateId, policyName } = request.params
      return change(request, certificateId, changedMembers({ [policyName]: ATTACHED }, {}, 'policies'), () =>
        writes.detachPolicy(certificateId, policyName),
      )
    })
  },
}

/** What the trail says of a thing or a policy of a certificate, where AWS has no word of its own. */
const ATTACHED = 'attached'
