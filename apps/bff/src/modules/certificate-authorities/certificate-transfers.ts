import {
  AcceptCertificateTransferCommand,
  CancelCertificateTransferCommand,
  type IoTClient,
  ListOutgoingCertificatesCommand,
  RejectCertificateTransferCommand,
  TransferCertificateCommand,
} from '@aws-sdk/client-iot'
import type { OutgoingCertificatePage } from '@thingdeck/contract'

/** Certificates on their way from one account to another. Errors are AWS's own. */
export interface CertificateTransfers {
  list(page: { readonly nextToken?: string; readonly maxResults?: number }): Promise<OutgoingCertificatePage>
  offer(certificateId: string, targetAccount: string, message: string | undefined): Promise<void>
  cancel(certificateId: string): Promise<void>
  accept(certificateId: string, setAsActive: boolean): Promise<void>
  reject(certificateId: string, reason: string | undefined): Promise<void>
}

export const createCertificateTransfers = (iot: IoTClient): CertificateTransfers => ({
  async list({ nextToken, maxResults }) {
    const { outgoingCertificates = [], nextMarker } = await iot.send(
      new ListOutgoingCertificatesCommand({ marker: nextToken, pageSize: maxResults }),
    )
    return {
      certificates: outgoingCertificates.map(
        ({ certificateId = '', certificateArn = '', transferredTo, transferDate, transferMessage }) => ({
          certificateId,
          certificateArn,
          ...(transferredTo !== undefined && { transferredTo }),
          ...(transferDate && { transferredAt: transferDate.toISOString() }),
          ...(transferMessage && { message: transferMessage }),
        }),
      ),
      ...(nextMarker && { nextToken: nextMarker }),
    }
  },

  async offer(certificateId, targetAwsAccount, transferMessage) {
    await iot.send(new TransferCertificateCommand({ certificateId, targetAwsAccount, transferMessage }))
  },

  async cancel(certificateId) {
    await iot.send(new CancelCertificateTransferCommand({ certificateId }))
  },

  async accept(certificateId, setAsActive) {
    await iot.send(new AcceptCertificateTransferCommand({ certificateId, setAsActive }))
  },

  async reject(certificateId, rejectReason) {
    await iot.send(new RejectCertificateTransferCommand({ certificateId, rejectReason }))
  },
})
