import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateIamGroupSearch, validateIamListSearch, validateIamUserSearch } from './search.ts'

export const iamPeople: Feature = {
  name: 'iam-people',
  pages: [
    definePage({
      path: ADDRESSES.iamUsers,
      validateSearch: validateIamListSearch,
      load: async () => (await import('./users-page.tsx')).IamUsersPage,
      help: async () => (await import('./help.ts')).iamUsersHelp,
    }),
    definePage({
      path: ADDRESSES.iamUser,
      validateSearch: validateIamUserSearch,
      load: async () => (await import('./user-page.tsx')).IamUserPage,
      help: async () => (await import('./help.ts')).iamUserHelp,
    }),
    definePage({
      path: ADDRESSES.iamGroups,
      validateSearch: validateIamListSearch,
      load: async () => (await import('./groups-page.tsx')).IamGroupsPage,
      help: async () => (await import('./help.ts')).iamGroupsHelp,
    }),
    definePage({
      path: ADDRESSES.iamGroup,
      validateSearch: validateIamGroupSearch,
      load: async () => (await import('./group-page.tsx')).IamGroupPage,
      help: async () => (await import('./help.ts')).iamGroupHelp,
    }),
  ],
  navigation: [
    {
      section: 'Secure',
      place: 68,
      title: 'IAM users',
      href: paths.iamUsers(),
      does: 'Go to users of IAM',
    },
  ],
  commands: [{ id: 'iam groups', group: 'Pages', title: 'IAM groups', href: paths.iamGroups() }],
}
