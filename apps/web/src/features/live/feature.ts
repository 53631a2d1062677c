import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { defineThingTab } from '../../shared/feature/parts.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateLiveSearch } from './page/search.ts'
import { topicCommands } from './page/topic-commands.ts'

export const live: Feature = {
  name: 'live',
  pages: [
    definePage({
      path: ADDRESSES.live,
      validateSearch: validateLiveSearch,
      load: async () => (await import('./page/live-page.tsx')).LivePage,
      help: async () => (await import('./help.ts')).liveHelp,
      takes: ['topicOffers'],
    }),
  ],
  navigation: [
    {
      section: 'Operate',
      place: 10,
      title: 'Live messages',
      href: paths.live(),
      keys: 'g l',
      does: 'Go to live messages',
    },
  ],
  commands: [
    {
      id: 'publish',
      group: 'Actions',
      title: 'Publish a message',
      alsoNamed: 'send',
      hint: 'Live messages',
      href: paths.live({ publish: '1' }),
    },
    {
      id: 'record',
      group: 'Actions',
      title: 'Record messages',
      alsoNamed: 'new recording',
      hint: 'Live messages',
      href: paths.live(),
    },
  ],
  search: topicCommands,
  parts: {
    messageView: async () => (await import('./page/detail/message-view.tsx')).MessageView,
    thingTabs: [
      defineThingTab({
        id: 'live',
        label: 'Live',
        validateSearch: validateLiveSearch,
        load: async () => (await import('./page/thing-live.tsx')).ThingLive,
      }),
    ],
  },
}
