import { useQuery, useQueryClient } from '@tanstack/react-query'
import { DetailsPage } from '../../../shared/details/details-page.tsx'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { TagsPanel } from '../../../shared/tags/tags-panel.tsx'
import { ruleQuery, rulesChanged } from '../api.ts'
import { RuleOverview } from './rule-overview.tsx'
import type { RuleSearch } from './search.ts'

interface RulePageProps extends SearchProps<RuleSearch> {
  readonly ruleName: string
}

export function RulePage({ ruleName, search, setSearch }: RulePageProps) {
  const query = useQuery(ruleQuery(ruleName))
  const client = useQueryClient()
  return (
    <DetailsPage
      title={ruleName}
      breadcrumbs={[
        { text: 'Rules', href: paths.rules() },
        { text: ruleName, href: paths.rule(ruleName) },
      ]}
      what="rule"
      query={query}
      notFound={`There is no rule named ${ruleName}`}
      actions={[{ id: 'edit', text: 'Edit rule', needs: 'admin', href: paths.editRule(ruleName) }]}
      tabs={[
        { id: 'overview', label: 'Overview', content: (rule) => <RuleOverview rule={rule} /> },
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
      ]}
      search={search}
      setSearch={setSearch}
    />
  )
}
