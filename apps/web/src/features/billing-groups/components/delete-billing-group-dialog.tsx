import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { type BillingGroup, endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { useLeave } from '../../../shared/details/use-leave.ts'
import { thingsText } from '../../../shared/list/looked-cell.tsx'
import { paths } from '../../../shared/paths.ts'
import { BILLING_GROUPS } from '../../../shared/pickers/registry-keys.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { billingGroupQuery, billingGroupThingsQuery } from '../api.ts'

interface DeleteBillingGroupDialogProps {
  readonly billingGroupName: string
  readonly onClose: () => void
}

/** So many things are put back by Undo. */
const COUNTED = 250

export function DeleteBillingGroupDialog({ billingGroupName, onClose }: DeleteBillingGroupDialogProps) {
  const client = useQueryClient()
  const leave = useLeave(paths.billingGroup(billingGroupName), paths.billingGroups())
  const group = useQuery(billingGroupQuery(billingGroupName))
  const things = useInfiniteQuery({ ...billingGroupThingsQuery(billingGroupName, COUNTED), staleTime: 0 })
  const names = things.data?.pages[0]?.thingNames ?? []
  const isRead = group.data !== undefined && things.data !== undefined && !things.isFetching
  const members = { count: names.length, isAtLeast: things.hasNextPage }
  return (
    <PlanDialog
      header={`Delete the billing group ${billingGroupName}`}
      action="Delete billing group"
      plan={
        isRead
          ? {
              ...deletionOf(group.data, names, things.hasNextPage),
              onChange: () => void client.invalidateQueries({ queryKey: BILLING_GROUPS }),
              onDone: leave,
            }
          : undefined
      }
      error={group.error ?? things.error}
      consequences={[
        members.count === 0
          ? 'Nothing is in it.'
          : `The ${thingsText(members)} in it stay, and are in no billing group then: what they cost from then on is under no tag.`,
        things.hasNextPage
          ? `Its description and tags are gone. Undo makes the group anew, without its things: they are more than ${COUNTED}.`
          : 'Its description and tags are gone. Undo makes the group anew, with its things in it.',
      ]}
      name={billingGroupName}
      onClose={onClose}
    />
  )
}

function deletionOf(group: BillingGroup, thingNames: readonly string[], isPart: boolean): Plan {
  const { billingGroupName, description, tags, version: expectedVersion } = group
  return {
    id: `delete billing group ${billingGroupName}`,
    title: `Delete the billing group ${billingGroupName}`,
    done: `The billing group ${billingGroupName} was deleted`,
    steps: [
      {
        id: 'delete',
        words: `Delete ${billingGroupName}`,
        // AWS takes no offence at one that is gone, and refuses where somebody changed it since.
        run: () => api(endpoints.deleteBillingGroup, { params: { billingGroupName }, query: { expectedVersion } }),
        undo: async () => {
          await api(endpoints.createBillingGroup, {
            body: { billingGroupName, ...(description !== undefined && { description }), ...(tags && { tags }) },
          })
          for (const thingName of isPart ? [] : thingNames) {
            await api(endpoints.addThingToBillingGroup, { params: { billingGroupName, thingName } })
          }
        },
      },
    ],
  }
}
