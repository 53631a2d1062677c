import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Link from '@cloudscape-design/components/link'
import { useRouter } from '@tanstack/react-router'
import type { ThingGroup } from '@thingdeck/contract'
import { useState } from 'react'
import { Dialog } from '../../../shared/dialog/dialog.tsx'
import { paths } from '../../../shared/paths.ts'
import { ThingGroupPicker } from '../../../shared/pickers/thing-group-picker.tsx'

interface MoveDialogProps {
  readonly group: ThingGroup
  readonly onClose: () => void
}

/** AWS moves no group: what can be done in its place, step by step. */
export function MoveDialog({ group: { thingGroupName }, onClose }: MoveDialogProps) {
  const { history } = useRouter()
  const [parent, setParent] = useState('')
  return (
    <Dialog
      header={`Move the thing group ${thingGroupName}`}
      action="Create the new group"
      onAction={() => {
        onClose()
        history.push(paths.createThingGroup(parent === '' ? {} : { parent }))
      }}
      onClose={onClose}
    >
      <Alert type="info" header="AWS never changes what a group stands below">
        In its place, make another group where it should stand, and give it what this one has. A name is there once, so
        that the new group needs another one.
      </Alert>
      <FormField label="The new group stands below" stretch>
        <ThingGroupPicker value={parent} onChange={setParent} none="No group: it is of the highest level" />
      </FormField>
      <ol>
        <li>Create the group below its new parent, and attach the policies of this one to it.</li>
        <li>
          <Link href={paths.bulkChanges({ group: thingGroupName })}>Move the things by a bulk change</Link>: they leave
          this group and enter the new one. A thing is in one group of a hierarchy at most, so that it leaves first.
        </li>
        <li>Delete this group, once nothing is in it or below it.</li>
      </ol>
    </Dialog>
  )
}
