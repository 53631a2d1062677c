import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { nameCommands } from '../../shared/feature/name-commands.ts'
import { paths } from '../../shared/paths.ts'
import { POLICIES } from './api.ts'

export const policyCommands = nameCommands({
  group: 'Policies',
  one: 'policy',
  key: POLICIES,
  find: async (name, maxResults, signal) => {
    const { policies } = await api(endpoints.listPolicies, { query: { name, maxResults }, signal })
    return policies.map(({ policyName }) => policyName)
  },
  hrefOf: (name) => paths.policy(name),
})
