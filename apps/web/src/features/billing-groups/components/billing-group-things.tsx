import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { api } from '../../../shared/api.ts'
import { BILLING_GROUPS } from '../../../shared/pickers/registry-keys.ts'
import { AddThingDialog } from '../../../shared/things/add-thing-dialog.tsx'
import { RemoveThingDialog } from '../../../shared/things/remove-thing-dialog.tsx'
import { ThingNames } from '../../../shared/things/thing-names.tsx'
import { billingGroupThingsQuery } from '../api.ts'

const PAGE_SIZE = 100

const add = (billingGroupName: string, thingName: string) =>
  api(endpoints.addThingToBillingGroup, { params: { billingGroupName, thingName } })
const remove = (billingGroupName: string, thingName: string) =>
  api(endpoints.removeThingFromBillingGroup, { params: { billingGroupName, thingName } })

/** The things in a billing group. */
export function BillingGroupThings({ billingGroupName }: { readonly billingGroupName: string }) {
  const client = useQueryClient()
  const pages = useInfiniteQuery(billingGroupThingsQuery(billingGroupName, PAGE_SIZE))
  const [isAdding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<string>()
  const onChange = () => void client.invalidateQueries({ queryKey: BILLING_GROUPS })
  const addThing: Action = {
    id: 'add',
    text: 'Add thing',
    needs: 'admin',
    isPrimary: true,
    onAction: () => setAdding(true),
  }
  return (
    <>
      <ThingNames
        name="billing-group-things"
        title="Things in this billing group"
        empty={{
          title: 'Nothing is in it',
          text: 'A thing is in one billing group at most: one that is added leaves the group that it was in.',
          action: addThing,
        }}
        pages={pages}
        namesOf={({ thingNames }) => thingNames}
        actions={[addThing]}
        rowActions={(thingName) => [
          { id: 'remove', text: 'Remove thing', needs: 'admin', onAction: () => setRemoving(thingName) },
        ]}
      />
      {isAdding && (
        <AddThingDialog
          header={`Add a thing to the billing group ${billingGroupName}`}
          groupName={billingGroupName}
          note="If it is in another billing group, it leaves that one."
          add={(thingName) => add(billingGroupName, thingName)}
          remove={(thingName) => remove(billingGroupName, thingName)}
          onChange={onChange}
          onClose={() => setAdding(false)}
        />
      )}
      {removing !== undefined && (
        <RemoveThingDialog
          thingName={removing}
          kind="billing group"
          groupName={billingGroupName}
          consequences={['The thing stays. What it costs from then on is under no tag of a billing group.']}
          remove={(thingName) => remove(billingGroupName, thingName)}
          add={(thingName) => add(billingGroupName, thingName)}
          onChange={onChange}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  )
}
