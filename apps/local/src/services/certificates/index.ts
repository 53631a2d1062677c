import type { RegistrationConfig } from '@aws-sdk/client-iot'
import type { DeviceIssuer } from '../../foundation/authority/device-issuer.ts'
import type {
  CertificateChange,
  CertificateIssuing,
  FindCertificate,
  IdentifyCertificate,
} from '../../foundation/certificates.ts'
import type { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { ControlPlaneNeeds } from '../../foundation/control-plane-needs.ts'
import { DueTimes } from '../../foundation/due-times.ts'
import type { Service } from '../../foundation/service.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import { Authorities, type CheckRegistrationConfig } from './authorities.ts'
import { CertificateStore } from './certificate-store.ts'
import { type CertificateQuestions, Certificates } from './certificates.ts'
import { authorityHandlers, certificateHandlers, transferHandlers } from './handlers.ts'
import { Identifier } from './identify.ts'
import { certificateParties } from './parties.ts'

/** What certificates are for the rest of the server. */
export interface CertificatesService extends Service {
  readonly identify: IdentifyCertificate
  readonly issuing: CertificateIssuing
  readonly changes: Changes<CertificateChange>
}

export interface CertificatesOptions {
  readonly issuer: DeviceIssuer
  readonly tags: TagKeeper
  readonly questions: CertificateQuestions
  readonly checkRegistrationConfig: CheckRegistrationConfig
  /** Calls back once after so many milliseconds of the server's clock; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
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
  const { issuer, tags, questions, checkRegistrationConfig, after } = options
  const authorities = new Authorities(context, { tags, checkRegistrationConfig })
  const certificates = new Certificates(context, { issuer, authorities, questions })
  const identifier = new Identifier(context, certificates, authorities)
  const claims = new DueTimes(
    { ...context, after },
    () => certificates.store.nextExpiryMs(),
    () => certificates.dropExpired(),
  )
  claims.arm()
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
    controlPlaneNeeds: NEEDS,
    identify: (der, client) => identifier.identify(der, client),
    issuing: {
      prepare: (requestPem) => certificates.prepare(requestPem),
      prepareKeys: () => certificates.prepareKeys(),
      prepareSigned: (requestPem, sign) => certificates.prepareSigned(requestPem, sign),
      createClaim: async (templateName, lifeMs) => {
        const claim = await certificates.createClaim(templateName, lifeMs)
        claims.arm()
        return claim
      },
      dropUnused: (certificateId) => certificates.dropUnused(certificateId),
    },
    changes: certificates.changes,
    reread: () => claims.arm(),
    close: () => claims.close(),
  }
}

/** Who hands over a role to provision devices must be allowed to. */
const NEEDS: ControlPlaneNeeds = {
  ListCACertificates: () => ({ resources: [] }), // also those of one template
  RegisterCACertificate: ({ registrationConfig }) => ({ resources: [], passedRoles: passed(registrationConfig) }),
  UpdateCACertificate: ({ certificateId, registrationConfig }) => ({
    resources: [`cacert/${certificateId}`],
    passedRoles: passed(registrationConfig),
  }),
}

const passed = (config: RegistrationConfig | undefined): string[] => (config?.roleArn ? [config.roleArn] : [])
