import { type CommandSummary, endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { DestroyDialog } from '../../../shared/dialog/destroy-dialog.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'

interface DeleteCommandDialogProps {
  readonly command: Pick<CommandSummary, 'commandId' | 'deprecated'>
  /** @param isGone else it is pending deletion */
  readonly onDeleted: (isGone: boolean) => void
  readonly onClose: () => void
}

/** Deletes a command, at once or when no execution of it can go on any more, which AWS says. */
export function DeleteCommandDialog({ command, onDeleted, onClose }: DeleteCommandDialogProps) {
  const { commandId, deprecated } = command
  const { flash } = useFlash()
  return (
    <DestroyDialog
      header={`Delete the command ${visibleText(commandId)}?`}
      action="Delete command"
      name={commandId}
      consequences={[
        deprecated
          ? 'It is gone at once if it has been deprecated for more than 12 hours, the longest that an execution goes on. Else it is pending deletion until these have passed.'
          : 'It is not deprecated: it is pending deletion for 12 hours, the longest that an execution goes on, and then gone.',
        'From now on it can be sent to nobody, and nothing takes the deletion back. AWS no longer lists it.',
        'What was sent already goes on, and its executions are remembered as before. Buttons that send it fail.',
      ]}
      failure="The command could not be deleted"
      onDestroy={async () => {
        const { isGone } = await api(endpoints.deleteCommand, { params: { commandId } })
        flash({
          id: `delete command ${commandId}`,
          type: 'success',
          header: isGone
            ? `The command ${visibleText(commandId)} is deleted`
            : `The command ${visibleText(commandId)} is pending deletion`,
          ...(!isGone && { content: 'It is gone when 12 hours have passed; its id is free then.' }),
        })
        onDeleted(isGone)
      }}
      onClose={onClose}
    />
  )
}
