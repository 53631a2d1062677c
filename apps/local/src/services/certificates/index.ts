import type { DeviceIssuer } from '../../foundation/authority/device-issuer.ts'
import type {
  CertificateChange,
  FindCertificate,
  IdentifyCertificate,
  PrepareCertificate,
} from '../../foundation/certificates.ts'
import type { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Service } from '../../foundation/service.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import { Authorities } from './authorities.ts'
import { CertificateStore } from './certificate-store.ts'
import { type CertificateQuestions, Certificates } from './certificates.ts'
import { authorityHandlers, certificateHandlers, transferHandlers } from './handlers.ts'
import { Identifier } from './identify.ts'
import { certificateParties } from './parties.ts'

/** What certificates are for the rest of the server. */
export interface CertificatesService extends Service {
  readonly identify: IdentifyCertificate
  readonly prepare: PrepareCertificate
  readonly changes: Changes<CertificateChange>
}

export interface CertificatesOptions {
  readonly issuer: DeviceIssuer
  readonly tags: TagKeeper
  readonly questions: CertificateQuestions
  /** Ids of accounts beside the server's own that certificates can be transferred to, and from. */
  readonly otherAccounts: readonly string[]
}

/** What an account can do with certificates that is known for their transfer alone. */
const FOR_OTHER_ACCOUNTS = [
  'ListCertificates',
  'DescribeCertificate',
  'UpdateCertificate',
  'DeleteCertificate',
  'TransferCertificate',
  'ListOutgoingCertificates',
  'AcceptCertificateTransfer',
  'RejectCertificateTransfer',
  'CancelCertificateTransfer',
] as const

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
  const partyOf = certificateParties(context, certificates, options.otherAccounts, { issuer, authorities })
  return {
    name: 'certificates',
    handlers: {
      iot: {
        ...certificateHandlers(partyOf),
        ...transferHandlers(context, partyOf),
        ...authorityHandlers(context, authorities),
      },
    },
    forOtherAccounts: FOR_OTHER_ACCOUNTS,
    resources: { certificateId: (operation) => (operation.includes('CACertificate') ? 'cacert' : 'cert') },
    identify: (der, client) => identifier.identify(der, client),
    prepare: (requestPem) => certificates.prepare(requestPem),
    changes: certificates.changes,
  }
}
