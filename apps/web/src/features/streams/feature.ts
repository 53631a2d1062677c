import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateStreamSearch, validateStreamsSearch } from './search.ts'

export const streams: Feature = {
  name: 'streams',
  pages: [
    definePage({
      path: ADDRESSES.streams,
      validateSearch: validateStreamsSearch,
      load: async () => (await import('./list-page.tsx')).StreamsPage,
      help: async () => (await import('./help.ts')).streamsHelp,
    }),
    definePage({
      path: ADDRESSES.createStream,
      load: async () => (await import('./create-page.tsx')).CreateStreamPage,
      help: async () => (await import('./help.ts')).streamFormHelp,
    }),
    definePage({
      path: ADDRESSES.stream,
      validateSearch: validateStreamSearch,
      load: async () => (await import('./detail-page.tsx')).StreamPage,
      help: async () => (await import('./help.ts')).streamHelp,
    }),
    definePage({
      path: ADDRESSES.editStream,
      load: async () => (await import('./edit-page.tsx')).EditStreamPage,
      help: async () => (await import('./help.ts')).streamFormHelp,
    }),
  ],
  navigation: [
    { section: 'Operate', place: 31, title: 'Streams', href: paths.streams(), does: 'Go to streams of files' },
  ],
}
