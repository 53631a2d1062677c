import { endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { shortCertificateId } from '../../../shared/certificate/certificate-id.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'

interface CancelTransferProps {
  readonly certificateId: string
  readonly onClose: () => void
}

export function CancelTransfer({ certificateId, onClose }: CancelTransferProps) {
  return (
    <ConfirmDialog
      header={`Take back the certificate ${shortCertificateId(certificateId)}?`}
      action="Take back"
      failure="The certificate could not be taken back"
      onConfirm={() => api(endpoints.cancelCertificateTransfer, { params: { certificateId } })}
      onClose={onClose}
    >
      The other account cannot take it any more. It is INACTIVE in this account, as it was before it was offered.
    </ConfirmDialog>
  )
}
