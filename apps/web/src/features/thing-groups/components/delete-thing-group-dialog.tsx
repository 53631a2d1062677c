import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ThingGroup, ThingGroupPolicy, ThingsCount } from '@thingdeck/contract'
import { useLeave } from '../../../shared/details/use-leave.ts'
import { thingsText } from '../../../shared/list/looked-cell.tsx'
import { paths } from '../../../shared/paths.ts'
import { THING_GROUPS } from '../../../shared/pickers/registry-keys.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { FirstNames } from '../../../shared/text/first-names.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { childGroupsQuery, thingGroupPoliciesQuery, thingGroupQuery, thingGroupThingsQuery } from '../api.ts'
import { deletionOf } from '../thing-group-plans.ts'

interface DeleteThingGroupDialogProps {
  readonly thingGroupName: string
  readonly onClose: () => void
}

/** So many things are put back by Undo. */
const PUT_BACK = 250
/** So many of the groups that are in the way are named. */
const NAMED = 5

/** Deletes a group, after what is below it, in it and attached to it was said. */
export function DeleteThingGroupDialog({ thingGroupName, onClose }: DeleteThingGroupDialogProps) {
  const client = useQueryClient()
  const leave = useLeave(paths.thingGroup(thingGroupName), paths.thingGroups())
  const group = useQuery({ ...thingGroupQuery(thingGroupName), staleTime: 0 })
  const isDynamic = group.data?.queryString !== undefined
  const things = useInfiniteQuery({ ...thingGroupThingsQuery(thingGroupName, false, PUT_BACK), staleTime: 0 })
  const policies = useQuery({ ...thingGroupPoliciesQuery(thingGroupName), staleTime: 0 })
  const children = useQuery({ ...childGroupsQuery(thingGroupName), staleTime: 0 })
  const own = (policies.data?.policies ?? []).filter(({ from }) => from.thingGroupName === thingGroupName)
  const names = things.data?.pages[0]?.thingNames ?? []
  const below = children.data?.thingGroups ?? []
  const isRead =
    group.data !== undefined &&
    [things, policies, children].every(({ data, isFetching }) => data !== undefined && !isFetching)
  return (
    <PlanDialog
      header={`Delete the thing group ${thingGroupName}`}
      action="Delete thing group"
      plan={
        isRead
          ? {
              ...deletionOf({
                group: group.data,
                policies: own,
                thingNames: isDynamic || things.hasNextPage ? undefined : names,
              }),
              onChange: () => void client.invalidateQueries({ queryKey: THING_GROUPS }),
              onDone: leave,
            }
          : undefined
      }
      error={group.error ?? things.error ?? policies.error ?? children.error}
      consequences={consequencesOf(group.data, { count: names.length, isAtLeast: things.hasNextPage }, own)}
      name={thingGroupName}
      whyNot={below.length > 0 ? 'Groups are below it.' : undefined}
      onClose={onClose}
    >
      {below.length > 0 && (
        <Alert type="warning" header="AWS deletes no group that others are below">
          Below it {below.length === 1 ? 'is' : 'are'}{' '}
          <FirstNames
            names={below.map(({ thingGroupName: name }) => name)}
            count={below.length}
            most={NAMED}
            show={(name) => (
              <Link href={paths.thingGroup(name)}>
                <NameText text={name} />
              </Link>
            )}
          />
          . Delete these first.
        </Alert>
      )}
    </PlanDialog>
  )
}

function consequencesOf(
  group: ThingGroup | undefined,
  things: ThingsCount,
  policies: readonly ThingGroupPolicy[],
): readonly string[] {
  const isDynamic = group?.queryString !== undefined
  const stay = isDynamic ? 'stay as they are' : 'stay, and are in this group no more'
  return [
    ...(policies.length === 0
      ? []
      : [
          `What ${policies.length === 1 ? 'the policy' : 'the policies'} ${policies.map(({ policyName }) => policyName).join(' and ')} ${policies.length === 1 ? 'allows' : 'allow'} by this group is allowed to its things no more. Open connections stay open, and are refused from their next message on.`,
        ]),
    things.count === 0 ? 'No things are in it itself.' : `The ${thingsText(things)} in it ${stay}.`,
    isDynamic || !things.isAtLeast
      ? 'Jobs, log levels and rotations that are for the group find nothing any more. Undo makes it anew, with what was in it.'
      : `Jobs, log levels and rotations that are for the group find nothing any more. Undo makes it anew, without its things: they are more than ${PUT_BACK}.`,
  ]
}
