import { AwsError } from '@thingdeck/aws-api'
import { invalidRequest } from '../../foundation/errors.ts'
import type { CertificateRecord, TransferRecord } from './certificate-store.ts'
import type { Certificates } from './certificates.ts'

/**
 * Transfers of certificates as one account makes and gets them: to another account that this server knows, or, to try it,
 * to itself.
 * @see AWS IoT Core developer guide, "Transfer a certificate to another account"
 */
export class Transfers {
  readonly #certificates: Certificates
  readonly #certificatesOf: (account: string) => Certificates | undefined

  /**
   * @param certificates of the account
   * @param certificatesOf those of any account; undefined for one that is not known here
   */
  constructor(certificates: Certificates, certificatesOf: (account: string) => Certificates | undefined) {
    this.#certificates = certificates
    this.#certificatesOf = certificatesOf
  }

  /**
   * Puts an INACTIVE certificate in transfer.
   * @throws {AwsError} CertificateStateException unless it is INACTIVE; TransferConflictException while a policy or a
   *   thing is attached; InvalidRequestException for an account that is not known here
   */
  start(id: string, targetAccount: string, message: string | undefined): CertificateRecord {
    const record = this.#certificates.mustFind(id)
    if (!this.#certificatesOf(targetAccount)) {
      throw invalidRequest(
        `Account ${targetAccount} is not known here, so that nobody there could accept the certificate. ` +
          `Start the server with --other-account ${targetAccount} to let it.`,
      )
    }
    if (record.status !== 'INACTIVE') {
      throw new AwsError('CertificateStateException', `The certificate is ${record.status}: it must be INACTIVE`)
    }
    this.#certificates.checkDetached(record)
    const startedAtMs = this.#certificates.now()
    this.#set(record, 'PENDING_TRANSFER', {
      targetAccount,
      startedAtMs,
      ...(message === undefined ? {} : { message }),
    })
    return record
  }

  /** Takes over what was sent to the account. @throws {AwsError} as {@link cancel}, and as {@link start} if it is attached */
  accept(id: string, setAsActive: boolean): void {
    const { record, transfer } = this.#pending(id, 'incoming')
    const status = setAsActive ? 'ACTIVE' : 'INACTIVE'
    const accepted = { ...transfer, acceptedAtMs: this.#certificates.now() }
    if (record.ownedBy === this.#certificates.account.id) {
      this.#set(record, status, accepted)
      return
    }
    this.#certificates.checkUnknown(record.id)
    this.#certificatesOf(record.ownedBy)?.letGo(record.id)
    const { store } = this.#certificates
    store.takeOver(record)
    store.setTransfer(record, status, { ...accepted, sourceAccount: record.ownedBy })
  }

  /** Sends back what was sent to the account. @throws {AwsError} as {@link cancel} */
  reject(id: string, reason: string | undefined): void {
    const { record, transfer } = this.#pending(id, 'incoming')
    const why = reason === undefined ? {} : { rejectReason: reason }
    this.#set(record, 'INACTIVE', { ...transfer, rejectedAtMs: this.#certificates.now(), ...why })
  }

  /**
   * Takes back what the account has sent.
   * @throws {AwsError} ResourceNotFoundException; InvalidRequestException for what is not in transfer, or not in this
   *   direction; TransferAlreadyCompletedException
   */
  cancel(id: string): void {
    const { record, transfer } = this.#pending(id, 'outgoing')
    this.#set(record, 'INACTIVE', transfer)
  }

  #pending(id: string, direction: 'incoming' | 'outgoing'): { record: CertificateRecord; transfer: TransferRecord } {
    const { account, store } = this.#certificates
    const seen = this.#certificates.mustFind(id)
    const record = direction === 'incoming' ? (store.findIncoming(seen.id) ?? seen) : seen
    const { status, transfer } = record
    if (transfer === undefined) throw invalidRequest('The certificate is not in transfer')
    if (status !== 'PENDING_TRANSFER') {
      throw new AwsError('TransferAlreadyCompletedException', 'The transfer of the certificate is already complete')
    }
    const party = direction === 'incoming' ? transfer.targetAccount : record.ownedBy
    if (party !== account.id) {
      const acts = direction === 'incoming' ? 'accepted or rejected by' : 'cancelled by'
      throw invalidRequest(`The transfer of the certificate can only be ${acts} account ${party}`)
    }
    return { record, transfer }
  }

  /** Changes one that stays whose it is. */
  #set(record: CertificateRecord, status: CertificateRecord['status'], transfer: TransferRecord): void {
    this.#certificates.store.setTransfer(record, status, transfer)
    this.#certificatesOf(record.ownedBy)?.changes.tell({ certificateId: record.id, status })
  }
}
