import { DescribeCertificateCommand, UpdateCertificateCommand } from '@aws-sdk/client-iot'
import type { CertificatesChange } from '@thingdeck/contract'
import { formatPath } from '@thingdeck/json'
import type { Kind } from './kind.ts'
import { textChange } from './read-thing.ts'
import {
  type CertificateChangePlan,
  type CertificateParts,
  certificatesIn,
  prepareCertificates,
  writtenToCertificates,
} from './thing-certificates.ts'

/** Only what was the one becomes the other: what is revoked, or waits for a transfer, stays so. */
const FROM: Readonly<Record<CertificatesChange['newStatus'], string>> = { ACTIVE: 'INACTIVE', INACTIVE: 'ACTIVE' }

/** Whether the certificates of the things are active: devices of inactive ones are disconnected and cannot come back. */
export const createCertificatesKind = (parts: CertificateParts): Kind<CertificatesChange, CertificateChangePlan> => ({
  prepare(thingName, { newStatus }, context) {
    return prepareCertificates(parts, thingName, context, async (certificateId) => {
      await context.turn()
      const { certificateDescription } = await parts.iot.send(new DescribeCertificateCommand({ certificateId }))
      const { status } = certificateDescription ?? {}
      if (status === newStatus) return undefined
      return status === FROM[newStatus]
        ? textChange(formatPath(['certificates', certificateId, 'status']), status, newStatus)
        : { stays: `is ${status}` }
    })
  },

  async apply(_, { newStatus }, { certificateIds }, { turn }) {
    for (const certificateId of certificateIds) {
      await turn()
      await parts.iot.send(new UpdateCertificateCommand({ certificateId, newStatus }))
      parts.certificates.watch.forget(certificateId)
    }
    return undefined
  },

  undo: ({ newStatus }, changes) => ({
    change: { kind: 'certificates', newStatus: newStatus === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE' },
    only: certificatesIn(changes),
  }),

  written: (_, __, changes) => writtenToCertificates(parts, 'UpdateCertificate', changes),
})
