import type * as iot from '@aws-sdk/client-iot'
import type { Call } from '@thingdeck/aws-api'
import { arnOf } from '../../foundation/account.ts'
import type { Caller } from '../../foundation/caller.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import type { Authorities } from './authorities.ts'
import type { CaRecord } from './ca-store.ts'
import type { CertificateRecord } from './certificate-store.ts'
import type { Certificates } from './certificates.ts'
import type { Transfers } from './transfers.ts'

/** The certificates of an account, and its side of transfers. */
export interface CertificateParty {
  readonly certificates: Certificates
  readonly transfers: Transfers
}

/** Whose certificates a call is about: those of the account that calls. */
export type PartyOf = (caller: Caller) => CertificateParty

/** The control plane's operations on device certificates. */
export function certificateHandlers(partyOf: PartyOf) {
  const certificatesOf = ({ caller }: Call<Caller>): Certificates => partyOf(caller).certificates
  return {
    CreateKeysAndCertificate: async ({ setAsActive }, call) => {
      const created = await certificatesOf(call).createKeys(setAsActive ? 'ACTIVE' : 'INACTIVE')
      const { arn, id, pem } = created.record
      return {
        certificateArn: arn,
        certificateId: id,
        certificatePem: pem,
        keyPair: { PublicKey: created.publicKeyPem, PrivateKey: created.privateKeyPem },
      }
    },
    CreateCertificateFromCsr: async ({ certificateSigningRequest, setAsActive }, call) => {
      const status = setAsActive ? 'ACTIVE' : 'INACTIVE'
      const { arn, id, pem } = await certificatesOf(call).createFromRequest(certificateSigningRequest, status)
      return { certificateArn: arn, certificateId: id, certificatePem: pem }
    },
    RegisterCertificate: (request, call) => named(certificatesOf(call).register(request)),
    RegisterCertificateWithoutCA: (request, call) => named(certificatesOf(call).registerWithoutCa(request)),
    DescribeCertificate: ({ certificateId }, call) => ({
      certificateDescription: describe(certificatesOf(call).mustFind(certificateId)),
    }),
    UpdateCertificate: ({ certificateId, newStatus }, call) => {
      certificatesOf(call).update(certificateId, newStatus)
      return {}
    },
    DeleteCertificate: ({ certificateId, forceDelete }, call) => {
      certificatesOf(call).delete(certificateId, forceDelete)
      return {}
    },
    ListCertificates: (request, call) => {
      const { rows, ...page } = certificatesOf(call).store.list(request)
      return { ...page, certificates: rows.map(summary) }
    },
    ListCertificatesByCA: ({ caCertificateId, ...request }, call) => {
      const { rows, ...page } = certificatesOf(call).store.listByCa(caCertificateId.toLowerCase(), request)
      return { ...page, certificates: rows.map(summary) }
    },
  } satisfies IotHandlers
}

export function transferHandlers(context: LocalContext, partyOf: PartyOf) {
  return {
    TransferCertificate: ({ certificateId, targetAwsAccount, transferMessage }, { caller }) => {
      const { id } = partyOf(caller).transfers.start(certificateId, targetAwsAccount, transferMessage)
      return { transferredCertificateArn: arnOf({ ...context.account, id: targetAwsAccount }, 'iot', `cert/${id}`) }
    },
    AcceptCertificateTransfer: ({ certificateId, setAsActive }, { caller }) => {
      partyOf(caller).transfers.accept(certificateId, setAsActive ?? false)
      return {}
    },
    RejectCertificateTransfer: ({ certificateId, rejectReason }, { caller }) => {
      partyOf(caller).transfers.reject(certificateId, rejectReason)
      return {}
    },
    CancelCertificateTransfer: ({ certificateId }, { caller }) => {
      partyOf(caller).transfers.cancel(certificateId)
      return {}
    },
    ListOutgoingCertificates: (request, { caller }) => {
      const { rows, ...page } = partyOf(caller).certificates.store.listInTransfer(request)
      return {
        ...page,
        outgoingCertificates: rows.map(({ arn, id, createdAtMs, transfer }) => ({
          certificateArn: arn,
          certificateId: id,
          creationDate: new Date(createdAtMs),
          transferredTo: transfer?.targetAccount,
          transferDate: dateOf(transfer?.startedAtMs),
          transferMessage: transfer?.message,
        })),
      }
    },
  } satisfies IotHandlers
}

/** The control plane's operations on registered authorities. */
export function authorityHandlers(context: LocalContext, authorities: Authorities) {
  return {
    GetRegistrationCode: () => ({ registrationCode: authorities.store.registrationCode() }),
    DeleteRegistrationCode: () => {
      authorities.deleteRegistrationCode()
      return {}
    },
    RegisterCACertificate: (request) => named(authorities.register(request)),
    DescribeCACertificate: ({ certificateId }) => {
      const ca = authorities.mustFind(certificateId)
      return {
        certificateDescription: describeCa(ca, context.account.id),
        registrationConfig: ca.registrationConfig,
      }
    },
    UpdateCACertificate: (request) => {
      authorities.update(request)
      return {}
    },
    DeleteCACertificate: ({ certificateId }) => {
      authorities.delete(certificateId)
      return {}
    },
    ListCACertificates: ({ templateName, ...request }) => {
      const { rows, ...page } = authorities.store.list(request, templateName)
      return {
        ...page,
        certificates: rows.map(({ arn, id, status, createdAtMs }) => ({
          certificateArn: arn,
          certificateId: id,
          status,
          creationDate: new Date(createdAtMs),
        })),
      }
    },
  } satisfies IotHandlers
}

function named({ arn, id }: { arn: string; id: string }) {
  return { certificateArn: arn, certificateId: id }
}

function summary({ arn, id, status, mode, createdAtMs }: CertificateRecord) {
  return {
    certificateArn: arn,
    certificateId: id,
    status,
    certificateMode: mode,
    creationDate: new Date(createdAtMs),
  }
}

function describe(record: CertificateRecord): iot.CertificateDescription {
  const { transfer, ownedBy } = record
  return {
    ...summary(record),
    caCertificateId: record.caCertificateId ?? undefined,
    certificatePem: record.pem,
    ownedBy,
    previousOwnedBy: transfer?.acceptedAtMs === undefined ? undefined : (transfer.sourceAccount ?? ownedBy),
    lastModifiedDate: new Date(record.modifiedAtMs),
    customerVersion: record.customerVersion,
    generationId: record.generationId,
    validity: { notBefore: new Date(record.notBeforeMs), notAfter: new Date(record.notAfterMs) },
    transferData: {
      transferMessage: transfer?.message,
      transferDate: dateOf(transfer?.startedAtMs),
      acceptDate: dateOf(transfer?.acceptedAtMs),
      rejectDate: dateOf(transfer?.rejectedAtMs),
      rejectReason: transfer?.rejectReason,
    },
  }
}

function describeCa(ca: CaRecord, account: string): iot.CACertificateDescription {
  return {
    certificateArn: ca.arn,
    certificateId: ca.id,
    status: ca.status,
    certificatePem: ca.pem,
    ownedBy: account,
    creationDate: new Date(ca.createdAtMs),
    autoRegistrationStatus: ca.autoRegistration,
    lastModifiedDate: new Date(ca.modifiedAtMs),
    customerVersion: ca.customerVersion,
    generationId: ca.generationId,
    validity: { notBefore: new Date(ca.notBeforeMs), notAfter: new Date(ca.notAfterMs) },
    certificateMode: ca.mode,
  }
}

function dateOf(ms: number | undefined): Date | undefined {
  return ms === undefined ? undefined : new Date(ms)
}
