import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { createFilter } from '../../shared/list/list-filter.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { useLooks } from '../../shared/list/use-looks.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { POLICY_USES, policyPagesQuery } from './api.ts'
import { COLUMNS, type PolicyRow } from './columns.tsx'
import { DeletePolicyDialog } from './components/delete-policy-dialog.tsx'
import { PolicyLook } from './components/policy-look.tsx'
import type { PoliciesFilter, PoliciesSearch } from './search.ts'

const CREATE: Action = {
  id: 'create',
  text: 'Create policy',
  needs: 'admin',
  isPrimary: true,
  href: paths.createPolicy(),
}

const WORDS: ListWords = {
  title: 'Policies',
  one: 'policy',
  many: 'policies',
  description: 'What devices and people may do over MQTT and HTTPS. A policy holds for whatever it is attached to.',
  partSearched: 'There are many policies: a part of them was searched, the rest was not.',
  empty: {
    title: 'No policies yet',
    text: 'A certificate without a policy may do nothing, not even connect. A policy says which client ids, topics and shadows are allowed; with variables, one serves a whole fleet.',
  },
}

const FILTER = createFilter<PolicyRow, PoliciesFilter>({
  properties: [
    {
      key: 'name',
      label: 'Name',
      valuesLabel: 'Names',
      params: { ':': 'name' },
      seenIn: ({ policyName }) => policyName,
    },
  ],
  freeText: { operator: ':', mean: (value) => ({ propertyKey: 'name', operator: ':', value }) },
})

/**
 * The policies of the account; AWS has to be asked for each what it is attached to, which is done for those in sight.
 */
export function PoliciesPage({ search, setSearch }: SearchProps<PoliciesSearch>) {
  const pageSize = useListPageSize('policies', 25)
  const pages = useInfiniteQuery(policyPagesQuery(search, pageSize))
  const shown = pages.data?.pages[(search.page ?? 1) - 1]?.policies ?? []
  const uses = useLooks(
    POLICY_USES,
    shown.map(({ policyName }) => policyName),
  )
  const [deleting, setDeleting] = useState<string>()
  return (
    <>
      <ListPage
        name="policies"
        breadcrumbs={[{ text: 'Policies', href: paths.policies() }]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ policyName }) => policyName}
        source={pagesOf(pages, ({ policies }) =>
          policies.map((policy): PolicyRow => ({ ...policy, use: uses.get(policy.policyName) })),
        )}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50]}
        search={search}
        setSearch={setSearch}
        filter={{ by: FILTER, placeholder: 'Part of a name' }}
        noMatch={search.name === undefined ? undefined : `No policy has ${search.name} in its name`}
        selection="single"
        actions={(selected) => [
          {
            id: 'delete',
            text: 'Delete policy',
            needs: 'admin',
            whyNot: selected.length === 0 ? 'Select a policy.' : undefined,
            onAction: () => setDeleting(selected[0]),
          },
          { id: 'from-traffic', text: 'From traffic', href: paths.policyFromTraffic() },
          CREATE,
        ]}
        rowActions={({ policyName }) => [
          { id: 'edit', text: 'Edit policy', needs: 'admin', href: paths.editPolicy(policyName) },
          { id: 'versions', text: 'Show versions', href: paths.policy(policyName, { tab: 'versions' }) },
          { id: 'targets', text: 'Show what it is attached to', href: paths.policy(policyName, { tab: 'targets' }) },
          { id: 'delete', text: 'Delete policy', needs: 'admin', onAction: () => setDeleting(policyName) },
        ]}
        look={(policyName) => ({ header: policyName, content: <PolicyLook policyName={policyName} /> })}
      />
      {deleting !== undefined && <DeletePolicyDialog policyName={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  )
}
