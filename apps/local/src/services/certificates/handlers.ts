import type * as iot from '@aws-sdk/client-iot'
import { arnOf } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import type { Authorities } from './authorities.ts'
import type { CaRecord } from './ca-store.ts'
import type { CertificateRecord } from './certificate-store.ts'
import type { Certificates } from './certificates.ts'
import type { Transfers } from './transfers.ts'

/** The control plane's operations on device certificates. */
export function certificateHandlers(context: LocalContext, certificates: Certificates) {
  return {
    CreateKeysAndCertificate: async ({ setAsActive }) => {
      const created = await certificates.createKeys(setAsActive ? 'ACTIVE' : 'INACTIVE')
      const { arn, id, pem } = created.record
      return {
        certificateArn: arn,
        certificateId: id,
        certificatePem: pem,
        keyPair: { PublicKey: created.publicKeyPem, PrivateKey: created.privateKeyPem },
      }
    },
    CreateCertificateFromCsr: async ({ certificateSigningRequest, setAsActive }) => {
      const status = setAsActive ? 'ACTIVE' : 'INACTIVE'
      const { arn, id, pem } = await certificates.createFromRequest(certificateSigningRequest, status)
      return { certificateArn: arn, certificateId: id, certificatePem: pem }
    },
    RegisterCertificate: (request) => named(certificates.register(request)),
    RegisterCertificateWithoutCA: (request) => named(certificates.registerWithoutCa(request)),
    DescribeCertificate: ({ certificateId }) => ({
      certificateDescription: describe(certificates.mustFind(certificateId), context.account.id),
    }),
    UpdateCertificate: ({ certificateId, newStatus }) => {
      certificates.update(certificateId, newStatus)
      return {}
    },
    DeleteCertificate: ({ certificateId, forceDelete }) => {
      certificates.delete(certificateId, forceDelete)
      return {}
    },
    ListCertificates: (request) => {
      const { rows, ...page } = certificates.store.list(request)
      return { ...page, certificates: rows.map(summary) }
    },
    ListCertificatesByCA: ({ caCertificateId, ...request }) => {
      const { rows, ...page } = certificates.store.listByCa(caCertificateId.toLowerCase(), request)
      return { ...page, certificates: rows.map(summary) }
    },
  } satisfies IotHandlers
}

export function transferHandlers(context: LocalContext, certificates: Certificates, transfers: Transfers) {
  return {
    TransferCertificate: ({ certificateId, targetAwsAccount, transferMessage }) => {
      const { id } = transfers.start(certificateId, targetAwsAccount, transferMessage)
      return { transferredCertificateArn: arnOf({ ...context.account, id: targetAwsAccount }, 'iot', `cert/${id}`) }
    },
    AcceptCertificateTransfer: ({ certificateId, setAsActive }) => {
      transfers.accept(certificateId, setAsActive ?? false)
      return {}
    },
    RejectCertificateTransfer: ({ certificateId, rejectReason }) => {
      transfers.reject(certificateId, rejectReason)
      return {}
    },
    CancelCertificateTransfer: ({ certificateId }) => {
      transfers.cancel(certificateId)
      return {}
    },
    ListOutgoingCertificates: (request) => {
      const { rows, ...page } = certificates.store.listInTransfer(request)
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
      return { certificateDescription: describeCa(authorities.mustFind(certificateId), context.account.id) }
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
      if (templateName !== undefined) return { certificates: [] } // none is registered with a provisioning template
      const { rows, ...page } = authorities.store.list(request)
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

function describe(record: CertificateRecord, account: string): iot.CertificateDescription {
  const { transfer } = record
  return {
    ...summary(record),
    caCertificateId: record.caCertificateId ?? undefined,
    certificatePem: record.pem,
    ownedBy: account,
    previousOwnedBy: transfer?.acceptedAtMs === undefined ? undefined : account,
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
