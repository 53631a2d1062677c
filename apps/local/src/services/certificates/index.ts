import type { DeviceIssuer } from '../../foundation/authority/device-issuer.ts'
import type { CertificateChange, FindCertificate, IdentifyCertificate } from '../../foundation/certificates.ts'
import type { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Service } from '../../foundation/service.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import { Authorities } from './authorities.ts'
import { CertificateStore } from './certificate-store.ts'
import { type CertificateQuestions, Certificates } from './certificates.ts'
import { authorityHandlers, certificateHandlers, transferHandlers } from './handlers.ts'
import { Identifier } from './identify.ts'
import { Transfers } from './transfers.ts'

/** What certificates are for the rest of the server. */
export interface CertificatesService extends Service {
  readonly identify: IdentifyCertificate
  readonly changes: Changes<CertificateChange>
}

export interface CertificatesOptions {
  readonly issuer: DeviceIssuer
  readonly tags: TagKeeper
  readonly questions: CertificateQuestions
}

/**
 * Finds certificates before their service is made: the registry and the policies rest on which are there, and the
 * service on what is attached to them.
 */
export function certificateFinder(context: LocalContext): FindCertificate {
  const store = new CertificateStore(context)
  return (certificateId) => store.find(certificateId)
}

/** Certificates of devices, the authorities that customers register, and transfers between accounts. */
export function certificatesService(context: LocalContext, options: CertificatesOptions): CertificatesService {
  const { issuer, tags, questions } = options
  const authorities = new Authorities(context, tags)
  const certificates = new Certificates(context, { issuer, authorities, questions })
  const identifier = new Identifier(context, certificates, authorities)
  return {
    name: 'certificates',
    handlers: {
      iot: {
        ...certificateHandlers(context, certificates),
        ...transferHandlers(context, certificates, new Transfers(context, certificates, questions)),
        ...authorityHandlers(context, authorities),
      },
    },
    resources: { certificateId: (operation) => (operation.includes('CACertificate') ? 'cacert' : 'cert') },
    identify: (der, client) => identifier.identify(der, client),
    changes: certificates.changes,
  }
}
