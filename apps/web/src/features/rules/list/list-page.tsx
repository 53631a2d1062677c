import { useInfiniteQuery } from '@tanstack/react-query'
import type { Action } from '../../../shared/action/action.ts'
import { createFilter } from '../../../shared/list/list-filter.ts'
import { ListPage } from '../../../shared/list/list-page.tsx'
import { useListPageSize } from '../../../shared/list/list-preference.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { useLooks } from '../../../shared/list/use-looks.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { RULE_LOOKS, rulePagesQuery } from '../api.ts'
import { COLUMNS, type RuleRow } from './columns.tsx'
import type { RulesFilter, RulesSearch } from './search.ts'

const CREATE: Action = { id: 'create', text: 'Create rule', needs: 'admin', isPrimary: true, href: paths.createRule() }

const WORDS: ListWords = {
  title: 'Rules',
  one: 'rule',
  many: 'rules',
  description: 'What becomes of messages: a rule takes those of its topics, makes of each what its SQL says, and acts.',
  partSearched: 'There are many rules: a part of them was searched, the rest was not.',
  empty: {
    title: 'No rules yet',
    text: 'A rule takes messages of a topic filter, selects from each what is wanted by SQL, and sends it on: to another topic, a queue, a table, a function.',
    action: CREATE,
  },
}

const FILTER = createFilter<RuleRow, RulesFilter>({
  properties: [
    {
      key: 'name',
      label: 'Name or topic filter',
      valuesLabel: 'Names',
      params: { ':': 'name' },
      seenIn: ({ ruleName }) => ruleName,
    },
  ],
  freeText: { operator: ':', mean: (value) => ({ propertyKey: 'name', operator: ':', value }) },
})

/** The rules of the account; AWS has to be asked for each what it does, which is done for those in sight. */
export function RulesPage({ search, setSearch }: SearchProps<RulesSearch>) {
  const pageSize = useListPageSize('rules', 25)
  const pages = useInfiniteQuery(rulePagesQuery(search, pageSize))
  const shown = pages.data?.pages[(search.page ?? 1) - 1]?.rules ?? []
  const looks = useLooks(
    RULE_LOOKS,
    shown.map(({ ruleName }) => ruleName),
  )
  return (
    <ListPage
      name="rules"
      breadcrumbs={[{ text: 'Rules', href: paths.rules() }]}
      words={WORDS}
      columns={COLUMNS}
      rowId={({ ruleName }) => ruleName}
      source={pagesOf(pages, ({ rules }) =>
        rules.map((rule): RuleRow => ({ ...rule, look: looks.get(rule.ruleName) })),
      )}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[25, 50]}
      search={search}
      setSearch={setSearch}
      filter={{ by: FILTER, placeholder: 'Part of a name or topic filter' }}
      noMatch={search.name === undefined ? undefined : `No rule has ${search.name} in its name or topic filter`}
      actions={() => [CREATE]}
    />
  )
}
