import type { AuditChange, AuditResource } from '@thingdeck/contract'
import type { Arns } from '../arns.ts'
import type { Aws } from '../aws.ts'

/** The request that a change is made for: by it the trail knows of the change, also where AWS refuses it. */
interface Noted {
  noteAudit(note: { readonly resource: AuditResource; readonly changes: AuditChange[] }): void
}

/** Errors are those of `write`. */
export type CertificateChange = (
  request: Noted,
  certificateId: string,
  changes: AuditChange[],
  write: () => Promise<void>,
) => Promise<undefined>

/** A certificate as the audit trail names it. */
export const certificateResource = (
  { arns }: { readonly arns: Pick<Arns, 'certificate'> },
  id: string,
): AuditResource => ({
  type: 'certificate',
  id,
  arn: arns.certificate(id),
})

/** Makes what changes a certificate: it is noted, then written, and then nothing serves that was known of it before. */
export const createCertificateChange =
  (aws: Pick<Aws, 'arns' | 'certificates'>): CertificateChange =>
  async (request, certificateId, changes, write) => {
    request.noteAudit({ resource: certificateResource(aws, certificateId), changes })
    await write()
    aws.certificates.watch.forget(certificateId)
    return undefined
  }
