import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { certificateCommands } from './certificate-commands.ts'
import { validateCertificateSearch, validateCertificatesSearch, validateCreateCertificateSearch } from './search.ts'

export const certificates: Feature = {
  name: 'certificates',
  pages: [
    definePage({
      path: ADDRESSES.certificates,
      validateSearch: validateCertificatesSearch,
      load: async () => (await import('./list-page.tsx')).CertificatesPage,
      help: async () => (await import('./help.ts')).certificatesHelp,
      formerly: [{ path: '/overview/certificates' }],
    }),
    definePage({
      path: ADDRESSES.createCertificate,
      validateSearch: validateCreateCertificateSearch,
      load: async () => (await import('./create-page.tsx')).CreateCertificatePage,
      help: async () => (await import('./help.ts')).createCertificateHelp,
    }),
    definePage({
      path: ADDRESSES.certificate,
      validateSearch: validateCertificateSearch,
      load: async () => (await import('./detail-page.tsx')).CertificatePage,
      help: async () => (await import('./help.ts')).certificateHelp,
    }),
  ],
  navigation: [
    {
      section: 'Secure',
      place: 20,
      title: 'Certificates',
      href: paths.certificates(),
      keys: 'g c',
      does: 'Go to certificates',
    },
  ],
  commands: [
    { id: 'create certificate', group: 'Actions', title: 'Create certificate', href: paths.createCertificate() },
  ],
  search: certificateCommands,
}
