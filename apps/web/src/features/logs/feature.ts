import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateLogsSearch } from './search.ts'
import { validateLogSettingsSearch } from './settings-search.ts'

export const logs: Feature = {
  name: 'logs',
  pages: [
    definePage({
      path: ADDRESSES.logs,
      validateSearch: validateLogsSearch,
      load: async () => (await import('./logs-page.tsx')).LogsPage,
      help: async () => (await import('./help.ts')).logsHelp,
    }),
    definePage({
      path: ADDRESSES.logSettings,
      validateSearch: validateLogSettingsSearch,
      load: async () => (await import('./settings-page.tsx')).LogSettingsPage,
      help: async () => (await import('./help.ts')).logSettingsHelp,
    }),
  ],
  navigation: [
    {
      section: 'Observe',
      place: 10,
      title: 'Logs',
      href: paths.logs(),
      keys: 'g o',
      does: 'Go to the logs of AWS IoT',
    },
  ],
}
