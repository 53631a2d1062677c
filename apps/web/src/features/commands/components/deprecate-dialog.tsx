import { type CommandSummary, endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'

interface DeprecateDialogProps {
  readonly command: Pick<CommandSummary, 'commandId' | 'deprecated'>
  readonly onChanged: () => void
  readonly onClose: () => void
}

/** Deprecates a command, or restores it. */
export function DeprecateDialog({ command: { commandId, deprecated }, onChanged, onClose }: DeprecateDialogProps) {
  const verb = deprecated ? 'Restore' : 'Deprecate'
  return (
    <ConfirmDialog
      header={`${verb} the command ${visibleText(commandId)}?`}
      action={`${verb} command`}
      failure={`The command could not be ${deprecated ? 'restored' : 'deprecated'}`}
      onConfirm={async () => {
        await api(endpoints.updateCommand, { params: { commandId }, body: { deprecated: !deprecated } })
        onChanged()
      }}
      onClose={onClose}
    >
      <Consequences
        list={
          deprecated
            ? ['It can be sent again.', 'The 12 hours after which a deprecated command is deleted at once begin anew.']
            : [
                'It can be sent to nobody until it is restored; buttons that send it fail.',
                'What was sent already goes on.',
                'When it has been deprecated for 12 hours, deleting it takes effect at once.',
              ]
        }
      />
    </ConfirmDialog>
  )
}
