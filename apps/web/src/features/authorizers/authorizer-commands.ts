import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { AUTHORIZERS } from '../../shared/authorizers/authorizer-queries.ts'
import { nameCommands } from '../../shared/feature/name-commands.ts'
import { paths } from '../../shared/paths.ts'

export const authorizerCommands = nameCommands({
  group: 'Authorizers',
  one: 'authorizer',
  key: AUTHORIZERS,
  /** AWS looks for no names: an account has a hundred at most (AWS IoT Core quotas). */
  find: async (name, most, signal) => {
    const { authorizers } = await api(endpoints.listAuthorizers, { query: { maxResults: 250 }, signal })
    return authorizers.filter((each) => each.toLowerCase().includes(name.toLowerCase())).slice(0, most)
  },
  hrefOf: (name) => paths.authorizer(name),
})
