import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateCreateRuleSearch, validateEditRuleSearch } from './builder/search.ts'
import { validateRuleSearch } from './detail/search.ts'
import { validateRulesSearch } from './list/search.ts'
import { ruleCommands } from './rule-commands.ts'

export const rules: Feature = {
  name: 'rules',
  pages: [
    definePage({
      path: ADDRESSES.rules,
      validateSearch: validateRulesSearch,
      load: async () => (await import('./list/list-page.tsx')).RulesPage,
      help: async () => (await import('./help.ts')).rulesHelp,
    }),
    definePage({
      path: ADDRESSES.rule,
      validateSearch: validateRuleSearch,
      takes: ['RuleMetrics'],
      load: async () => (await import('./detail/detail-page.tsx')).RulePage,
      help: async () => (await import('./help.ts')).ruleHelp,
    }),
    definePage({
      path: ADDRESSES.createRule,
      validateSearch: validateCreateRuleSearch,
      load: async () => (await import('./builder/create-page.tsx')).CreateRulePage,
      help: async () => (await import('./help.ts')).ruleBuilderHelp,
      subject: ({ sql = '', like = '' }) => `${sql} ${like}`,
    }),
    definePage({
      path: ADDRESSES.editRule,
      validateSearch: validateEditRuleSearch,
      load: async () => (await import('./builder/edit-page.tsx')).EditRulePage,
      help: async () => (await import('./help.ts')).ruleBuilderHelp,
    }),
  ],
  navigation: [{ section: 'Route', place: 10, title: 'Rules', href: paths.rules(), keys: 'g v', does: 'Go to rules' }],
  search: ruleCommands,
  commands: [{ id: 'create rule', group: 'Actions', title: 'Create rule', href: paths.createRule() }],
}
