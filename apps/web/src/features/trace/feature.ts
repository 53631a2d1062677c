import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { validateMessageTraceSearch, validateTraceSearch } from './search.ts'

export const trace: Feature = {
  name: 'trace',
  pages: [
    definePage({
      path: ADDRESSES.trace,
      validateSearch: validateTraceSearch,
      load: async () => (await import('./trace-page.tsx')).TracePage,
      help: async () => (await import('./help.ts')).traceHelp,
    }),
    definePage({
      path: ADDRESSES.messageTrace,
      validateSearch: validateMessageTraceSearch,
      subject: ({ topic, at }) => `${topic} ${at}`,
      load: async () => (await import('./message-trace-page.tsx')).MessageTracePage,
      help: async () => (await import('./help.ts')).messageTraceHelp,
    }),
  ],
}
