import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { BillingGroupLook } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { looked, thingsText } from '../../shared/list/looked-cell.tsx'
import { nameFilter } from '../../shared/list/name-filter.ts'
import { useLooks } from '../../shared/list/use-looks.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { tagSelected } from '../../shared/tags/tag-selected.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { Age } from '../../shared/time.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'
import { BILLING_GROUP_LOOKS, billingGroupPagesQuery } from './api.ts'
import { DeleteBillingGroupDialog } from './components/delete-billing-group-dialog.tsx'
import type { BillingGroupsSearch } from './search.ts'

interface Row {
  readonly billingGroupName: string
  readonly billingGroupArn: string
  /** `null`: it is asked for; undefined: it could not be read. */
  readonly look: BillingGroupLook | null | undefined
}

const COLUMNS: readonly ListColumn<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 280,
    minWidth: 140,
    cell: ({ billingGroupName }) => (
      <Link href={paths.billingGroup(billingGroupName)}>
        <NameText text={billingGroupName} />
      </Link>
    ),
  },
  {
    id: 'things',
    header: 'Things',
    width: 180,
    minWidth: 110,
    cell: ({ billingGroupName, look }) =>
      looked(look, ({ things }) =>
        things.count === 0 ? (
          thingsText(things)
        ) : (
          <Link href={paths.billingGroup(billingGroupName, { tab: 'things' })}>{thingsText(things)}</Link>
        ),
      ),
  },
  {
    id: 'description',
    header: 'Description',
    minWidth: 160,
    cell: ({ look }) => looked(look, ({ description }) => description),
  },
  {
    id: 'created',
    header: 'Created',
    width: 130,
    minWidth: 100,
    cell: ({ look }) => looked(look, ({ createdAt }) => createdAt && <Age atMs={Date.parse(createdAt)} />),
  },
  {
    id: 'arn',
    header: 'ARN',
    minWidth: 220,
    isHiddenAtFirst: true,
    cell: ({ billingGroupArn }) => <Copyable what="ARN" text={billingGroupArn} />,
  },
]

const CREATE: Action = {
  id: 'create',
  text: 'Create billing group',
  needs: 'admin',
  isPrimary: true,
  href: paths.createBillingGroup(),
}

const WORDS: ListWords = {
  title: 'Billing groups',
  one: 'billing group',
  many: 'billing groups',
  description:
    'By their tags AWS tells apart what things cost: a thing has no tags itself, and is in one group at most.',
  partSearched: 'There are many billing groups: a part of them was searched, the rest was not.',
  empty: {
    title: 'No billing groups yet',
    text: 'AWS bills what the things of a billing group cost under the tags of the group: what a customer or a site costs is seen in Cost Explorer then.',
  },
}

const FILTER = nameFilter<Row>(({ billingGroupName }) => billingGroupName)

/** The billing groups of the account. */
export function BillingGroupsPage({ search, setSearch }: SearchProps<BillingGroupsSearch>) {
  const pageSize = useListPageSize('billing-groups', 25)
  const pages = useInfiniteQuery(billingGroupPagesQuery(search, pageSize))
  const shown = pages.data?.pages[(search.page ?? 1) - 1]?.billingGroups ?? []
  const looks = useLooks(
    BILLING_GROUP_LOOKS,
    shown.map(({ billingGroupName }) => billingGroupName),
  )
  const arns = new Map(
    pages.data?.pages.flatMap(({ billingGroups }) =>
      billingGroups.map(({ billingGroupName, billingGroupArn }) => [billingGroupName, billingGroupArn] as const),
    ),
  )
  const [deleting, setDeleting] = useState<string>()
  return (
    <>
      <ListPage
        name="billing-groups"
        breadcrumbs={[{ text: 'Billing groups', href: paths.billingGroups() }]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ billingGroupName }) => billingGroupName}
        source={pagesOf(pages, ({ billingGroups }) =>
          billingGroups.map((group): Row => ({ ...group, look: looks.get(group.billingGroupName) })),
        )}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50]}
        search={search}
        setSearch={setSearch}
        filter={{ by: FILTER, placeholder: 'Part of a name' }}
        noMatch={search.name === undefined ? undefined : `No billing group has ${search.name} in its name`}
        selection="multi"
        actions={(selected) => [tagSelected(selected, (name) => arns.get(name), WORDS.many), CREATE]}
        rowActions={({ billingGroupName }) => [
          { id: 'things', text: 'Show things', href: paths.billingGroup(billingGroupName, { tab: 'things' }) },
          {
            id: 'delete',
            text: 'Delete billing group',
            needs: 'admin',
            onAction: () => setDeleting(billingGroupName),
          },
        ]}
      />
      {deleting !== undefined && (
        <DeleteBillingGroupDialog billingGroupName={deleting} onClose={() => setDeleting(undefined)} />
      )}
    </>
  )
}
