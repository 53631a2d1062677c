import { type CertificateAuthority, endpoints } from '@thingdeck/contract'
import { createCertificateChange } from '../../aws/certificates/certificate-change.ts'
import type { AuditNote } from '../../plugins/audit/audit.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createCertificateAuthorities } from './certificate-authorities.ts'
import { createCertificateTransfers } from './certificate-transfers.ts'

/** Certificate authorities of one's own, and certificates that go from one account to another. */
export const certificateAuthorities: Module = {
  name: 'certificate-authorities',
  routes(app, { aws }) {
    const authorities = createCertificateAuthorities(aws.iot)
    const transfers = createCertificateTransfers(aws.iot)
    const change = createCertificateChange(aws)

    route(app, endpoints.listCertificateAuthorities, async ({ query }) => authorities.list(query))
    route(app, endpoints.describeCertificateAuthority, async ({ params }) => authorities.describe(params.certificateId))
    route(app, endpoints.getRegistrationCode, async () => ({ registrationCode: await authorities.registrationCode() }))

    route(app, endpoints.registerCertificateAuthority, async (request) => {
      const made = await authorities.register(request.body)
      request.noteAudit(noteOf(made, changedMembers({}, made)))
      return made
    })

    route(app, endpoints.updateCertificateAuthority, async (request) => {
      const { certificateId } = request.params
      request.noteAudit({ resource: { type: 'ca-certificate', id: certificateId } })
      const before = await authorities.describe(certificateId)
      const after = await authorities.update(certificateId, request.body)
      request.noteAudit(noteOf(after, changedMembers(before, after)))
      return after
    })

    route(app, endpoints.deleteCertificateAuthority, async (request) => {
      const { certificateId } = request.params
      request.noteAudit({ resource: { type: 'ca-certificate', id: certificateId } })
      const before = await authorities.describe(certificateId)
      request.noteAudit(noteOf(before, changedMembers(before, {})))
      await authorities.delete(certificateId)
      return undefined
    })

    route(app, endpoints.listOutgoingCertificates, async ({ query }) => transfers.list(query))

    const status = (before: string, after: string, more: object = {}) =>
      changedMembers({ status: before }, { status: after, ...more })

    route(app, endpoints.transferCertificate, async (request) => {
      const { certificateId, targetAccount, message } = request.body
      const offered = { transferredTo: targetAccount, transferMessage: message }
      return change(request, certificateId, status('INACTIVE', 'PENDING_TRANSFER', offered), () =>
        transfers.offer(certificateId, targetAccount, message),
      )
    })

    route(app, endpoints.cancelCertificateTransfer, async (request) => {
      const { certificateId } = request.params
      return change(request, certificateId, status('PENDING_TRANSFER', 'INACTIVE'), () =>
        transfers.cancel(certificateId),
      )
    })

    route(app, endpoints.acceptCertificateTransfer, async (request) => {
      const { certificateId } = request.params
      const { setAsActive } = request.body
      return change(request, certificateId, status('PENDING_TRANSFER', setAsActive ? 'ACTIVE' : 'INACTIVE'), () =>
        transfers.accept(certificateId, setAsActive),
      )
    })

    route(app, endpoints.rejectCertificateTransfer, async (request) => {
      const { certificateId } = request.params
      const { reason } = request.body
      return change(request, certificateId, status('PENDING_TRANSFER', 'INACTIVE', { rejectReason: reason }), () =>
        transfers.reject(certificateId, reason),
      )
    })
  },
}

const noteOf = (
  { certificateId, certificateArn }: CertificateAuthority,
  changes: NonNullable<AuditNote['changes']>,
): AuditNote => ({
  resource: { type: 'ca-certificate', id: certificateId, arn: certificateArn },
  changes,
})
