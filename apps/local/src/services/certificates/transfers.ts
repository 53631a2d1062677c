import { AwsError } from '@thingdeck/aws-api'
import type { LocalContext } from '../../foundation/context.ts'
import type { CertificateRecord, TransferRecord } from './certificate-store.ts'
import type { CertificateQuestions, Certificates } from './certificates.ts'

/**
 * Transfers of a certificate between accounts. This server plays one account, which can only be source and target at
 * once; a transfer to any other account is refused, as nobody there could accept it.
 * @see AWS IoT Core developer guide, "Transfer a certificate to another account"
 */
export class Transfers {
  readonly #context: LocalContext
  readonly #certificates: Certificates
  readonly #questions: CertificateQuestions

  constructor(context: LocalContext, certificates: Certificates, questions: CertificateQuestions) {
    this.#context = context
    this.#certificates = certificates
    this.#questions = questions
  }

  /**
   * Puts an INACTIVE certificate in transfer.
   * @throws {AwsError} CertificateStateException unless it is INACTIVE; TransferConflictException while a policy or a
   *   thing is attached; InvalidRequestException for another account than this one
   */
  start(id: string, targetAccount: string, message: string | undefined): CertificateRecord {
    const record = this.#certificates.mustFind(id)
    if (targetAccount !== this.#context.account.id) {
      throw new AwsError(
        'InvalidRequestException',
        `Account ${targetAccount} is not here: this server plays account ${this.#context.account.id} only`,
      )
    }
    if (record.status !== 'INACTIVE') {
      throw new AwsError('CertificateStateException', `The certificate is ${record.status}: it must be INACTIVE`)
    }
    if (this.#questions.hasPolicies(record.arn) || this.#questions.hasThings(record.arn)) {
      throw new AwsError('TransferConflictException', 'Policies and things must be detached before the transfer')
    }
    const transfer = {
      targetAccount,
      startedAtMs: this.#context.clock(),
      ...(message === undefined ? {} : { message }),
    }
    this.#finish(record, 'PENDING_TRANSFER', transfer)
    return record
  }

  accept(id: string, setAsActive: boolean): void {
    const { record, transfer } = this.#pending(id)
    this.#finish(record, setAsActive ? 'ACTIVE' : 'INACTIVE', { ...transfer, acceptedAtMs: this.#context.clock() })
  }

  reject(id: string, reason: string | undefined): void {
    const { record, transfer } = this.#pending(id)
    const why = reason === undefined ? {} : { rejectReason: reason }
    this.#finish(record, 'INACTIVE', { ...transfer, rejectedAtMs: this.#context.clock(), ...why })
  }

  cancel(id: string): void {
    const { record, transfer } = this.#pending(id)
    this.#finish(record, 'INACTIVE', transfer)
  }

  #pending(id: string): { record: CertificateRecord; transfer: TransferRecord } {
    const record = this.#certificates.mustFind(id)
    if (record.transfer === undefined) {
      throw new AwsError('InvalidRequestException', 'The certificate is not in transfer')
    }
    if (record.status !== 'PENDING_TRANSFER') {
      throw new AwsError('TransferAlreadyCompletedException', 'The transfer of the certificate is already complete')
    }
    return { record, transfer: record.transfer }
  }

  #finish(record: CertificateRecord, status: CertificateRecord['status'], transfer: TransferRecord): void {
    this.#certificates.store.setTransfer(record.id, status, transfer)
    this.#certificates.changes.tell({ certificateId: record.id, status })
  }
}
