import { PlanDialog } from '../plan/plan-dialog.tsx'

interface RemoveThingDialogProps {
  readonly thingName: string
  /** 'thing group', 'billing group' */
  readonly kind: string
  readonly groupName: string
  readonly consequences: readonly string[]
  readonly remove: (thingName: string) => Promise<unknown>
  /** Takes the removal back. */
  readonly add: (thingName: string) => Promise<unknown>
  readonly onChange: () => void
  readonly onClose: () => void
}

/** Takes a thing out of a group, after it was said what follows. */
export function RemoveThingDialog(props: RemoveThingDialogProps) {
  const { thingName, kind, groupName, consequences, remove, add, onChange, onClose } = props
  return (
    <PlanDialog
      header={`Remove ${thingName} from ${groupName}`}
      action="Remove thing"
      plan={{
        id: `remove ${thingName} from ${kind} ${groupName}`,
        title: `Remove ${thingName} from the ${kind} ${groupName}`,
        done: `${thingName} was removed from the ${kind} ${groupName}`,
        steps: [
          {
            id: 'remove',
            words: `Remove ${thingName}`,
            run: () => remove(thingName),
            undo: () => add(thingName),
          },
        ],
        onChange,
      }}
      consequences={consequences}
      onClose={onClose}
    />
  )
}
