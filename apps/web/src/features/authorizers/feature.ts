import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { authorizerCommands } from './authorizer-commands.ts'
import { validateAuthorizerSearch, validateAuthorizersSearch, validateTrialSearch } from './search.ts'

export const authorizers: Feature = {
  name: 'authorizers',
  pages: [
    definePage({
      path: ADDRESSES.authorizers,
      validateSearch: validateAuthorizersSearch,
      load: async () => (await import('./list-page.tsx')).AuthorizersPage,
      help: async () => (await import('./help.ts')).authorizersHelp,
    }),
    definePage({
      path: ADDRESSES.createAuthorizer,
      load: async () => (await import('./create-page.tsx')).CreateAuthorizerPage,
      help: async () => (await import('./help.ts')).authorizerFormHelp,
    }),
    definePage({
      path: ADDRESSES.tryAuthorizer,
      validateSearch: validateTrialSearch,
      load: async () => (await import('./trial-page.tsx')).TryAuthorizerPage,
      help: async () => (await import('./help.ts')).tryAuthorizerHelp,
    }),
    definePage({
      path: ADDRESSES.authorizer,
      validateSearch: validateAuthorizerSearch,
      load: async () => (await import('./detail-page.tsx')).AuthorizerPage,
      help: async () => (await import('./help.ts')).authorizerHelp,
    }),
    definePage({
      path: ADDRESSES.editAuthorizer,
      load: async () => (await import('./edit-page.tsx')).EditAuthorizerPage,
      help: async () => (await import('./help.ts')).authorizerFormHelp,
    }),
  ],
  navigation: [
    {
      section: 'Secure',
      place: 72,
      title: 'Authorizers',
      href: paths.authorizers(),
      does: 'Go to custom authorizers',
    },
  ],
  commands: [
    { id: 'create authorizer', group: 'Actions', title: 'Create authorizer', href: paths.createAuthorizer() },
    { id: 'try authorizer', group: 'Actions', title: 'Try custom authentication out', href: paths.tryAuthorizer() },
  ],
  search: authorizerCommands,
}
