import type { EventType } from '@thingdeck/contract'
import { ConfirmDialog } from '../../shared/dialog/confirm-dialog.tsx'
import { useTurnEvents } from '../../shared/events/event-configurations.ts'
import { useFlash } from '../../shared/flash/flash.tsx'
import { EVENT_KINDS } from './event-kinds.ts'

interface TurnEventsDialogProps {
  readonly types: readonly EventType[]
  readonly isEnabled: boolean
  readonly onClose: () => void
}

/** What becomes of these events, before it does. */
export function TurnEventsDialog({ types, isEnabled, onClose }: TurnEventsDialogProps) {
  const { flash } = useFlash()
  const turn = useTurnEvents()
  const state = isEnabled ? 'on' : 'off'
  const what = types.length === 1 ? `the event ${types[0]}` : `${types.length} events`
  return (
    <ConfirmDialog
      header={`Turn ${what} ${state}?`}
      action={`Turn ${state}`}
      failure={`They were not turned ${state}`}
      onConfirm={async () => {
        await turn.mutateAsync({ types, isEnabled })
        flash({
          id: 'events',
          type: 'success',
          header: `${types.length === 1 ? 'The event is' : `${types.length} events are`} ${state}`,
          content: types.join(', '),
        })
      }}
      onClose={onClose}
    >
      <p>
        {isEnabled
          ? 'From now on AWS IoT publishes a message each time, in the whole account. Messages are billed as published ones, and whoever is allowed to subscribe to the topics receives them.'
          : 'From now on AWS IoT publishes none of these messages. Rules and programs that listen for them, also those of other people, hear nothing any more.'}
      </p>
      <ul>
        {types.map((type) => (
          <li key={type}>
            {EVENT_KINDS[type].title} <span className="td-mono td-weak">{type}</span>
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  )
}
