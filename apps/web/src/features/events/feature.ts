import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { TOPIC_OFFERS } from './event-kinds.ts'
import { validateEventsSearch } from './search.ts'

export const events: Feature = {
  name: 'events',
  pages: [
    definePage({
      path: ADDRESSES.events,
      validateSearch: validateEventsSearch,
      load: async () => (await import('./events-page.tsx')).EventsPage,
      help: async () => (await import('./help.ts')).eventsHelp,
    }),
  ],
  navigation: [
    {
      section: 'Observe',
      place: 40,
      title: 'Events',
      href: paths.events(),
      keys: 'g e',
      does: 'Go to events: what AWS IoT tells by messages',
    },
  ],
  parts: { topicOffers: TOPIC_OFFERS },
}
