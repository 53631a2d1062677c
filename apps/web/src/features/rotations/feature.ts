import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateCreateRotationSearch, validateRotationSearch, validateRotationsSearch } from './search.ts'

export const rotations: Feature = {
  name: 'rotations',
  pages: [
    definePage({
      path: ADDRESSES.certificateRotations,
      validateSearch: validateRotationsSearch,
      load: async () => (await import('./list-page.tsx')).RotationsPage,
      help: async () => (await import('./help.ts')).rotationsHelp,
    }),
    definePage({
      path: ADDRESSES.createCertificateRotation,
      validateSearch: validateCreateRotationSearch,
      load: async () => (await import('./create-page.tsx')).CreateRotationPage,
      help: async () => (await import('./help.ts')).createRotationHelp,
    }),
    definePage({
      path: ADDRESSES.certificateRotation,
      validateSearch: validateRotationSearch,
      load: async () => (await import('./detail-page.tsx')).RotationPage,
      help: async () => (await import('./help.ts')).rotationHelp,
    }),
  ],
  navigation: [
    {
      section: 'Secure',
      place: 25,
      title: 'Rotations',
      href: paths.certificateRotations(),
      keys: 'g n',
      does: 'Go to certificate rotations',
    },
  ],
}
