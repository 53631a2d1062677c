import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateRetainedSearch } from './search.ts'

export const retainedMessages: Feature = {
  name: 'retained-messages',
  pages: [
    definePage({
      path: ADDRESSES.retainedMessages,
      validateSearch: validateRetainedSearch,
      takes: ['MessageView'],
      load: async () => (await import('./retained-messages-page.tsx')).RetainedMessagesPage,
      help: async () => (await import('./help.ts')).retainedMessagesHelp,
    }),
  ],
  navigation: [
    {
      section: 'Operate',
      place: 15,
      title: 'Retained messages',
      href: paths.retainedMessages(),
      keys: 'g r',
      does: 'Go to retained messages',
    },
  ],
}
