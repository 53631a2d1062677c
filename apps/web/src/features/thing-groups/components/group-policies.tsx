import Link from '@cloudscape-design/components/link'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ThingGroup, ThingGroupPolicy } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { THING_GROUPS } from '../../../shared/pickers/registry-keys.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { thingGroupPoliciesQuery } from '../api.ts'
import { detachStep } from '../thing-group-plans.ts'
import { AttachPolicyDialog } from './attach-policy-dialog.tsx'
import { GroupReach } from './group-reach.tsx'

/** AWS IoT Core quotas, "Maximum number of policies that can be attached to a thing group". */
const MOST_POLICIES = 2

/** The policies that hold for the things of a group: its own, and those from above. */
export function GroupPolicies({ group }: { readonly group: ThingGroup }) {
  const { thingGroupName, thingGroupArn, queryString } = group
  const query = useQuery(thingGroupPoliciesQuery(thingGroupName))
  const client = useQueryClient()
  const [isAttaching, setAttaching] = useState(false)
  const [detaching, setDetaching] = useState<string>()
  const policies = query.data?.policies ?? []
  const own = policies.filter(({ from }) => from.thingGroupName === thingGroupName)
  const onChange = () => void client.invalidateQueries({ queryKey: THING_GROUPS })
  const attach: Action = {
    id: 'attach',
    text: 'Attach policy',
    needs: 'admin',
    isPrimary: true,
    whyNot:
      queryString !== undefined
        ? 'AWS attaches no policies to dynamic groups.'
        : own.length >= MOST_POLICIES
          ? `AWS attaches ${MOST_POLICIES} policies to a group at most.`
          : undefined,
    onAction: () => setAttaching(true),
  }
  const columns: readonly ListColumn<ThingGroupPolicy>[] = [
    {
      id: 'policy',
      header: 'Policy',
      isRowHeader: true,
      width: 320,
      minWidth: 160,
      cell: ({ policyName }) => (
        <Link href={paths.policy(policyName)}>
          <NameText text={policyName} />
        </Link>
      ),
    },
    {
      id: 'from',
      header: 'Attached to',
      minWidth: 200,
      cell: ({ from: { thingGroupName: name } }) =>
        name === thingGroupName ? (
          'this group'
        ) : (
          <>
            <Link href={paths.thingGroup(name, { tab: 'policies' })}>
              <NameText text={name} />
            </Link>
            , above it
          </>
        ),
    },
  ]
  return (
    <>
      <List
        name="group-policies"
        variant="container"
        words={{
          title: 'Policies',
          label: 'Policies of the group',
          one: 'policy',
          many: 'policies',
          description:
            'They hold for the certificates of the things in this group and in all groups below it, beside what these have themselves.',
          empty: {
            title: 'No policies',
            text: 'Neither this group nor one above it has any: things go by the policies of their certificates alone.',
            ...(queryString === undefined && { action: attach }),
          },
        }}
        columns={columns}
        rowId={({ policyName, from }) => `${policyName} ${from.thingGroupName}`}
        source={wholeOf(query, policies)}
        paging="endless"
        actions={() => [attach]}
        rowActions={({ policyName, from }) => [
          {
            id: 'detach',
            text: 'Detach policy',
            needs: 'admin',
            whyNot: from.thingGroupName === thingGroupName ? undefined : `Detach it from ${from.thingGroupName}.`,
            onAction: () => setDetaching(policyName),
          },
        ]}
      />
      {isAttaching && (
        <AttachPolicyDialog
          group={group}
          attached={own.map(({ policyName }) => policyName)}
          onChange={onChange}
          onClose={() => setAttaching(false)}
        />
      )}
      {detaching !== undefined && (
        <PlanDialog
          header={`Detach ${detaching} from ${thingGroupName}`}
          action="Detach policy"
          plan={{
            id: `detach policy ${detaching} from ${thingGroupArn}`,
            title: `Detach ${detaching} from the thing group ${thingGroupName}`,
            done: `The policy ${detaching} was detached from the thing group ${thingGroupName}`,
            steps: [detachStep(detaching, thingGroupArn)],
            onChange,
          }}
          consequences={[
            'What it allows is allowed no more to these things, unless another policy does. What it denies is denied no more.',
            'Open connections stay open, and are refused from their next message on. Undo attaches it again.',
          ]}
          onClose={() => setDetaching(undefined)}
        >
          <GroupReach policyName={detaching} thingGroupArn={thingGroupArn} />
        </PlanDialog>
      )}
    </>
  )
}
