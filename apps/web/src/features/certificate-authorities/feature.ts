import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES, paths } from '../../shared/paths.ts'
import { AUTHORITY_ADDRESSES } from './authority-paths.ts'
import {
  validateCertificateAuthoritiesSearch,
  validateCertificateAuthoritySearch,
  validateTransfersSearch,
} from './search.ts'

export const certificateAuthorities: Feature = {
  name: 'certificate-authorities',
  pages: [
    definePage({
      path: ADDRESSES.certificateAuthorities,
      validateSearch: validateCertificateAuthoritiesSearch,
      load: async () => (await import('./list-page.tsx')).CertificateAuthoritiesPage,
    }),
    definePage({
      path: AUTHORITY_ADDRESSES.register,
      load: async () => (await import('./register-page.tsx')).RegisterCertificateAuthorityPage,
    }),
    definePage({
      path: ADDRESSES.certificateAuthority,
      validateSearch: validateCertificateAuthoritySearch,
      load: async () => (await import('./detail-page.tsx')).CertificateAuthorityPage,
    }),
    definePage({
      path: ADDRESSES.certificateTransfers,
      validateSearch: validateTransfersSearch,
      load: async () => (await import('./transfers-page.tsx')).CertificateTransfersPage,
    }),
  ],
  navigation: [
    {
      section: 'Secure',
      place: 30,
      title: 'CAs',
      href: paths.certificateAuthorities(),
      keys: 'g i',
      does: 'Go to CA certificates',
    },
  ],
  commands: [
    {
      id: 'certificate transfers',
      group: 'Actions',
      title: 'Transfer certificates between accounts',
      href: paths.certificateTransfers(),
    },
  ],
}
