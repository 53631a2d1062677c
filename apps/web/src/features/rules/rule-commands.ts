import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { nameCommands } from '../../shared/feature/name-commands.ts'
import { paths } from '../../shared/paths.ts'
import { RULES } from './api.ts'

/** Rules by a part of their name or topic filter. */
export const ruleCommands = nameCommands({
  group: 'Rules',
  one: 'rule',
  key: RULES,
  find: async (name, maxResults, signal) => {
    const { rules } = await api(endpoints.listRules, { query: { name, maxResults }, signal })
    return rules.map(({ ruleName }) => ruleName)
  },
  hrefOf: (name) => paths.rule(name),
})
