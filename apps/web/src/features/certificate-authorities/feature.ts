import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
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
      help: async () => (await import('./help.ts')).certificateAuthoritiesHelp,
    }),
    definePage({
      path: AUTHORITY_ADDRESSES.register,
      load: async () => (await import('./register-page.tsx')).RegisterCertificateAuthorityPage,
      help: async () => (await import('./help.ts')).registerAuthorityHelp,
    }),
    definePage({
      path: ADDRESSES.certificateAuthority,
      validateSearch: validateCertificateAuthoritySearch,
      load: async () => (await import('./detail-page.tsx')).CertificateAuthorityPage,
      help: async () => (await import('./help.ts')).certificateAuthorityHelp,
    }),
    definePage({
      path: ADDRESSES.certificateTransfers,
      validateSearch: validateTransfersSearch,
      load: async () => (await import('./transfers-page.tsx')).CertificateTransfersPage,
      help: async () => (await import('./help.ts')).transfersHelp,
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
