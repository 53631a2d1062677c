import { useQueryClient } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { useLeave } from '../../shared/details/use-leave.ts'
import { DestroyDialog } from '../../shared/dialog/destroy-dialog.tsx'
import { useFlash } from '../../shared/flash/flash.tsx'
import { paths } from '../../shared/paths.ts'
import { visibleText } from '../../shared/text/visible-text.ts'
import { streamsChanged } from './api.ts'

interface DeleteStreamDialogProps {
  readonly streamId: string
  readonly onClose: () => void
}

/** Deletes a stream, which ends what devices fetch of it. */
export function DeleteStreamDialog({ streamId, onClose }: DeleteStreamDialogProps) {
  const client = useQueryClient()
  const { flash } = useFlash()
  const leave = useLeave(paths.stream(streamId), paths.streams())
  return (
    <DestroyDialog
      header={`Delete the stream ${visibleText(streamId)}?`}
      action="Delete stream"
      name={streamId}
      consequences={[
        'Devices that are in the middle of a file get no further block: what they ask is rejected with ResourceNotFound.',
        'Jobs and OTA updates whose documents name it fail on devices that come to it later. AWS cannot tell which these are.',
        'The files stay in S3, and the role stays.',
      ]}
      failure="The stream could not be deleted"
      onDestroy={async () => {
        await api(endpoints.deleteStream, { params: { streamId } })
        flash({ id: `delete ${streamId}`, type: 'success', header: `The stream ${visibleText(streamId)} was deleted` })
        leave()
        await streamsChanged(client)
      }}
      onClose={onClose}
    />
  )
}
