import { useInfiniteQuery } from '@tanstack/react-query'
import { RULE_ACTION_NAMES } from '@thingdeck/contract'
import { useState } from 'react'
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
import { type AskedOfRules, RuleDialog } from '../components/rule-dialog.tsx'
import { useEnableRules } from '../use-enable-rules.ts'
import { useLastFailures } from '../use-last-failures.ts'
import { useRuleCounts } from '../use-rule-counts.ts'
import { COLUMNS, type RuleRow } from './columns.tsx'
import { RuleGlance } from './rule-glance.tsx'
import { RULE_STATES, type RulesFilter, type RulesSearch } from './search.ts'
import { TopicWay } from './topic-way.tsx'

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
  },
}

const FILTER = createFilter<RuleRow, RulesFilter>({
  properties: [
    {
      key: 'name',
      label: 'Name or topic filter',
      valuesLabel: 'Names and topic filters',
      params: { ':': 'name' },
      seenIn: ({ ruleName, topicPattern }) => (topicPattern === undefined ? ruleName : [ruleName, topicPattern]),
    },
    { key: 'state', label: 'State', valuesLabel: 'States', params: { '=': 'state' }, values: RULE_STATES },
    { key: 'action', label: 'Action', valuesLabel: 'Actions', params: { '=': 'action' }, values: RULE_ACTION_NAMES },
  ],
  freeText: { operator: ':', mean: (value) => ({ propertyKey: 'name', operator: ':', value }) },
})

/**
 * The rules of the account. AWS has to be asked for each what it does, which is done for those in sight; what CloudWatch
 * counted of them is one request, and what was logged last of all another.
 */
export function RulesPage({ search, setSearch }: SearchProps<RulesSearch>) {
  const pageSize = useListPageSize('rules', 25)
  const pages = useInfiniteQuery(rulePagesQuery(search, pageSize))
  const shown = (pages.data?.pages[(search.page ?? 1) - 1]?.rules ?? []).map(({ ruleName }) => ruleName)
  const looks = useLooks(RULE_LOOKS, shown)
  const { byRule, isPending, whyNot } = useRuleCounts(shown)
  const lastFailureOf = useLastFailures()
  const enable = useEnableRules()
  const [asked, setAsked] = useState<AskedOfRules>()
  const disabled = new Map(
    pages.data?.pages.flatMap(({ rules }) => rules.map((rule) => [rule.ruleName, rule.ruleDisabled] as const)),
  )
  const whyNotOf = (selected: readonly string[], isDisabled: boolean): string | undefined => {
    if (selected.length === 0) return 'Select a rule.'
    return selected.every((name) => disabled.get(name) === isDisabled)
      ? `${selected.length === 1 ? 'It is' : 'All of them are'} ${isDisabled ? 'disabled' : 'enabled'} already.`
      : undefined
  }
  return (
    <>
      <ListPage
        name="rules"
        breadcrumbs={[{ text: 'Rules', href: paths.rules() }]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ ruleName }) => ruleName}
        source={pagesOf(pages, ({ rules }) =>
          rules.map(
            (rule): RuleRow => ({
              ...rule,
              look: looks.get(rule.ruleName),
              traffic: { counts: byRule.get(rule.ruleName), isPending, whyNot },
              lastFailure: lastFailureOf(rule.ruleName),
            }),
          ),
        )}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50]}
        search={search}
        setSearch={setSearch}
        filter={{ by: FILTER, placeholder: 'Part of a name or topic filter, or a state or action' }}
        noMatch={search.name === undefined ? undefined : `No rule has ${search.name} in its name or topic filter`}
        notice={<TopicWay topic={search.topic ?? ''} onTopic={(topic) => setSearch({ topic }, { replace: true })} />}
        selection="multi"
        actions={(selected) => [
          {
            id: 'delete',
            text: 'Delete',
            needs: 'admin',
            whyNot: selected.length === 0 ? 'Select a rule.' : undefined,
            onAction: () => setAsked({ act: 'delete', ruleNames: selected }),
          },
          {
            id: 'disable',
            text: 'Disable',
            needs: 'admin',
            whyNot: whyNotOf(selected, true),
            onAction: () =>
              setAsked({ act: 'disable', ruleNames: selected.filter((name) => disabled.get(name) !== true) }),
          },
          {
            id: 'enable',
            text: 'Enable',
            needs: 'admin',
            whyNot: whyNotOf(selected, false),
            onAction: () => enable(selected.filter((name) => disabled.get(name) !== false)),
          },
          CREATE,
        ]}
        rowActions={({ ruleName, ruleDisabled }) => [
          { id: 'edit', text: 'Edit rule', needs: 'admin', href: paths.editRule(ruleName) },
          { id: 'like', text: 'Create rule like this one', needs: 'admin', href: paths.createRule({ like: ruleName }) },
          ruleDisabled
            ? { id: 'enable', text: 'Enable rule', needs: 'admin', onAction: () => enable([ruleName]) }
            : {
                id: 'disable',
                text: 'Disable rule',
                needs: 'admin',
                onAction: () => setAsked({ act: 'disable', ruleNames: [ruleName] }),
              },
          {
            id: 'delete',
            text: 'Delete rule',
            needs: 'admin',
            onAction: () => setAsked({ act: 'delete', ruleNames: [ruleName] }),
          },
        ]}
        look={(ruleName) => ({ header: ruleName, content: <RuleGlance ruleName={ruleName} /> })}
      />
      {asked && <RuleDialog {...asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}
