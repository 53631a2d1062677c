import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateFromTrafficSearch, validateRehearsalSearch } from './search.ts'

/** Policies and the traffic that the log shows: a draft tried on it, and a policy made of it. */
export const rehearsal: Feature = {
  name: 'rehearsal',
  pages: [
    definePage({
      path: ADDRESSES.policyRehearsal,
      validateSearch: validateRehearsalSearch,
      load: async () => (await import('./rehearsal-page.tsx')).RehearsalPage,
      help: async () => (await import('./help.ts')).policyRehearsalHelp,
    }),
    definePage({
      path: ADDRESSES.policyFromTraffic,
      validateSearch: validateFromTrafficSearch,
      load: async () => (await import('./from-traffic-page.tsx')).FromTrafficPage,
      help: async () => (await import('./help.ts')).policyFromTrafficHelp,
    }),
  ],
  commands: [
    { id: 'policy from traffic', group: 'Actions', title: 'Policy from traffic', href: paths.policyFromTraffic() },
  ],
}
