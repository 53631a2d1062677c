import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ResourceChanges } from '../../../shared/changes/resource-changes.tsx'
import { DetailsPage } from '../../../shared/details/details-page.tsx'
import type { Parts } from '../../../shared/feature/parts.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { TagsPanel } from '../../../shared/tags/tags-panel.tsx'
import { RULES, ruleQuery, rulesChanged } from '../api.ts'
import { type AskedOfRules, RuleDialog } from '../components/rule-dialog.tsx'
import { RehearsalPanel } from '../rehearsal/rehearsal-panel.tsx'
import { RehearsedMessage } from '../trace/rehearsed-message.tsx'
import { RuleTrace } from '../trace/trace-tab.tsx'
import { useEnableRules } from '../use-enable-rules.ts'
import { RuleHead } from './rule-head.tsx'
import { RuleOverview } from './rule-overview.tsx'
import type { RuleSearch } from './search.ts'

interface RulePageProps extends SearchProps<RuleSearch>, Pick<Parts, 'RuleMetrics'> {
  readonly ruleName: string
}

/** One rule: what it does, what it did, and what it would do. */
export function RulePage({ ruleName, search, setSearch, RuleMetrics }: RulePageProps) {
  const query = useQuery(ruleQuery(ruleName))
  const client = useQueryClient()
  const enable = useEnableRules()
  const [asked, setAsked] = useState<AskedOfRules['act']>()
  const whyNot = query.data ? undefined : 'It was not read yet.'
  return (
    <>
      <DetailsPage
        title={ruleName}
        breadcrumbs={[
          { text: 'Rules', href: paths.rules() },
          { text: ruleName, href: paths.rule(ruleName) },
        ]}
        what="rule"
        query={query}
        notFound={`There is no rule named ${ruleName}`}
        status={query.data && <RuleHead rule={query.data} />}
        actions={[
          { id: 'delete', text: 'Delete rule', needs: 'admin', whyNot, onAction: () => setAsked('delete') },
          {
            id: 'duplicate',
            text: 'Duplicate rule',
            needs: 'admin',
            whyNot,
            href: paths.createRule({ like: ruleName }),
          },
          query.data?.payload.ruleDisabled === true
            ? { id: 'enable', text: 'Enable rule', needs: 'admin', onAction: () => enable([ruleName]) }
            : { id: 'disable', text: 'Disable rule', needs: 'admin', whyNot, onAction: () => setAsked('disable') },
          { id: 'edit', text: 'Edit rule', needs: 'admin', isPrimary: true, whyNot, href: paths.editRule(ruleName) },
        ]}
        tabs={[
          { id: 'overview', label: 'Overview', content: (rule) => <RuleOverview rule={rule} /> },
          {
            id: 'trace',
            label: 'Trace',
            content: (rule) => <RuleTrace rule={rule} search={search} setSearch={setSearch} />,
          },
          {
            id: 'rehearsal',
            label: 'Rehearsal',
            content: ({ payload }) =>
              search.topic === undefined ? (
                <RehearsalPanel draft={payload} ruleName={ruleName} />
              ) : (
                <RehearsedMessage
                  rule={payload}
                  ruleName={ruleName}
                  message={{ topic: search.topic, client: search.client, at: search.at }}
                />
              ),
          },
          {
            id: 'metrics',
            label: 'Metrics',
            content: <RuleMetrics ruleName={ruleName} />,
          },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ ruleArn, tags }) => (
              <TagsPanel
                resourceArn={ruleArn}
                what={`the rule ${ruleName}`}
                tags={tags}
                onChange={() => void rulesChanged(client)}
              />
            ),
          },
          { id: 'changes', label: 'Changes', content: <ResourceChanges type="rule" id={ruleName} under={RULES} /> },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {asked && <RuleDialog act={asked} ruleNames={[ruleName]} onClose={() => setAsked(undefined)} />}
    </>
  )
}
