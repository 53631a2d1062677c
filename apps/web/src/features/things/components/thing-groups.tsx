import FormField from '@cloudscape-design/components/form-field'
import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import { MOST_GROUPS_OF_A_THING, type ThingDetails } from '@thingdeck/contract'
import { useState } from 'react'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { ThingGroupPicker } from '../../../shared/pickers/thing-group-picker.tsx'
import type { PlanStep } from '../../../shared/plan/plan.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { joinGroupStep } from '../../../shared/things/new-thing.ts'
import { thingDetailsQuery } from '../api.ts'
import { useThingPlan } from '../use-thing-plan.ts'

interface Row {
  readonly groupName: string
}

const COLUMNS: readonly ListColumn<Row>[] = [
  {
    id: 'group',
    header: 'Group',
    isRowHeader: true,
    minWidth: 200,
    cell: ({ groupName }) => (
      <Link href={paths.thingGroup(groupName)}>
        <NameText text={groupName} />
      </Link>
    ),
  },
]

const WORDS: ListWords = {
  title: 'Groups',
  one: 'group',
  many: 'groups',
  description: 'That it is in itself; what is above them counts, too. Their policies hold for its certificates.',
  empty: { title: 'In no group', text: 'Groups give policies, jobs and log levels to many things at once.' },
}

/** The groups of a thing, joined and left here. */
export function ThingGroups({ details }: { readonly details: ThingDetails }) {
  const { thingName } = details.thing
  const query = useQuery(thingDetailsQuery(thingName))
  const [isJoining, setJoining] = useState(false)
  const [leaving, setLeaving] = useState<string>()
  const { value: groupNames = [], unread } = details.groups
  return (
    <>
      <List
        name="thing-groups-of-thing"
        variant="container"
        words={WORDS}
        columns={COLUMNS}
        rowId={({ groupName }) => groupName}
        source={wholeOf(
          query,
          groupNames.map((groupName) => ({ groupName })),
        )}
        paging="endless"
        notice={unread !== undefined && `They could not be read: ${unread}`}
        actions={() => [{ id: 'join', text: 'Add to group', needs: 'admin', onAction: () => setJoining(true) }]}
        rowActions={({ groupName }) => [
          { id: 'leave', text: 'Remove from group', needs: 'admin', onAction: () => setLeaving(groupName) },
        ]}
      />
      {isJoining && <JoinGroupDialog details={details} onClose={() => setJoining(false)} />}
      {leaving !== undefined && (
        <LeaveGroupDialog thingName={thingName} groupName={leaving} onClose={() => setLeaving(undefined)} />
      )}
    </>
  )
}

function JoinGroupDialog({ details, onClose }: { readonly details: ThingDetails; readonly onClose: () => void }) {
  const { thingName } = details.thing
  const planOf = useThingPlan(thingName)
  const [groupName, setGroupName] = useState('')
  const groupNames = details.groups.value ?? []
  const broken = groupNames.includes(groupName) ? 'It is in this group.' : undefined
  const title = `Add the thing ${thingName} to a group`
  return (
    <PlanDialog
      header={title}
      action="Add to group"
      plan={planOf({
        title,
        done: `${thingName} is in the group ${groupName}`,
        steps: [joinGroupStep(thingName, groupName)],
      })}
      consequences={[
        'Policies of the group, and of those above it, hold for its certificates within minutes, also for open connections.',
        'Continuous jobs of the group are given to it.',
        ...(groupNames.length >= MOST_GROUPS_OF_A_THING
          ? [`It is in ${groupNames.length} groups, and AWS IoT takes no more than ${MOST_GROUPS_OF_A_THING}.`]
          : []),
      ]}
      whyNot={groupName === '' ? 'Choose a group.' : broken}
      onClose={onClose}
    >
      <FormField label="Group" errorText={broken} stretch>
        <ThingGroupPicker label="Group" value={groupName} onChange={setGroupName} />
      </FormField>
    </PlanDialog>
  )
}

interface LeaveGroupDialogProps {
  readonly thingName: string
  readonly groupName: string
  readonly onClose: () => void
}

function LeaveGroupDialog({ thingName, groupName, onClose }: LeaveGroupDialogProps) {
  const planOf = useThingPlan(thingName)
  const step = leaveGroupStep(thingName, groupName)
  return (
    <PlanDialog
      header={`Remove the thing ${thingName} from the group ${groupName}`}
      action="Remove from group"
      plan={planOf({
        title: `Remove the thing ${thingName} from the group ${groupName}`,
        done: `${thingName} is no longer in the group ${groupName}`,
        steps: [step],
      })}
      consequences={[
        'What policies of the group, and of those above it, allow its device is allowed no more within minutes, unless others allow it.',
        'Of a dynamic group its query decides: AWS IoT takes nobody out of one by hand.',
      ]}
      onClose={onClose}
    />
  )
}

function leaveGroupStep(thingName: string, groupName: string): PlanStep {
  const { run, undo = run } = joinGroupStep(thingName, groupName)
  return { id: `leave ${groupName}`, words: `Remove it from the group ${groupName}`, run: undo, undo: run }
}
