import { useInfiniteQuery } from '@tanstack/react-query'
import type { Policy, PolicyTarget } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { formatCount } from '../../../shared/format.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { policyTargetPagesQuery } from '../api.ts'
import { targetInWords } from '../policy-target.ts'
import { sumOf, useReach } from '../use-reach.ts'
import { AttachDialog } from './attach-dialog.tsx'
import { DetachDialog } from './detach-dialog.tsx'
import { ReachCell } from './reach-cell.tsx'
import { TargetName } from './target-name.tsx'

const KINDS: Readonly<Record<PolicyTarget['kind'], string>> = {
  certificate: 'Certificate',
  'thing-group': 'Thing group',
  'cognito-identity': 'Cognito identity',
  other: 'Other',
}

const PAGE_SIZE = 50

const words = (action: Action): ListWords => ({
  title: 'Attached to',
  label: 'What the policy is attached to',
  one: 'target',
  many: 'targets',
  description: 'A policy on a thing group holds for the certificates of the things in it, and in the groups below it.',
  empty: {
    title: 'Attached to nothing',
    text: 'Nobody is allowed anything by it. Attach it to a certificate, to a group of things, or to a Cognito identity.',
    action,
  },
})

/** Whom the policy is for: each target with its things, and which of them are connected. */
export function TargetsTab({ policy }: { readonly policy: Policy }) {
  const { policyName } = policy
  const pages = useInfiniteQuery(policyTargetPagesQuery(policyName, PAGE_SIZE))
  const targets = pages.data?.pages.flatMap((page) => page.targets) ?? []
  const reach = useReach(policyName, targets)
  const [isAttaching, setAttaching] = useState(false)
  const [detaching, setDetaching] = useState<PolicyTarget>()
  const attach: Action = {
    id: 'attach',
    text: 'Attach policy',
    needs: 'admin',
    isPrimary: true,
    onAction: () => setAttaching(true),
  }
  const columns: readonly ListColumn<PolicyTarget>[] = [
    { id: 'kind', header: 'Kind', width: 150, cell: ({ kind }) => KINDS[kind] },
    {
      id: 'target',
      header: 'Target',
      isRowHeader: true,
      width: 300,
      minWidth: 180,
      cell: (target) => <TargetName target={target} />,
    },
    {
      id: 'things',
      header: 'Things',
      minWidth: 220,
      cell: ({ target }) => <ReachCell reach={reach.byTarget.get(target)} error={reach.errors.get(target)} />,
    },
  ]
  const { things, connected } = sumOf(reach.byTarget.values())
  const list = words(attach)
  return (
    <>
      <List
        name="policy-targets"
        variant="container"
        words={{
          ...list,
          description: (
            <>
              {list.description}
              {things.length > 0 &&
                ` ${formatCount(things.length)} ${things.length === 1 ? 'thing' : 'things'} seen, ${formatCount(connected.length)} connected.`}
            </>
          ),
        }}
        columns={columns}
        rowId={({ target }) => target}
        rowName={targetInWords}
        source={pagesOf(pages, (page) => page.targets)}
        paging="endless"
        actions={() => [attach]}
        rowActions={(target) => [
          { id: 'detach', text: 'Detach policy', needs: 'admin', onAction: () => setDetaching(target) },
        ]}
      />
      {isAttaching && <AttachDialog policy={policy} onClose={() => setAttaching(false)} />}
      {detaching && <DetachDialog policy={policy} target={detaching} onClose={() => setDetaching(undefined)} />}
    </>
  )
}
