import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validatePackageSearch, validatePackagesSearch } from './search.ts'

export const packages: Feature = {
  name: 'packages',
  pages: [
    definePage({
      path: ADDRESSES.packages,
      validateSearch: validatePackagesSearch,
      load: async () => (await import('./list/list-page.tsx')).PackagesPage,
      help: async () => (await import('./help.ts')).packagesHelp,
    }),
    definePage({
      path: ADDRESSES.package,
      validateSearch: validatePackageSearch,
      load: async () => (await import('./package/package-page.tsx')).PackagePage,
      help: async () => (await import('./help.ts')).packageHelp,
    }),
    definePage({
      path: ADDRESSES.packageConfiguration,
      load: async () => (await import('./configuration/configuration-page.tsx')).PackageConfigurationPage,
      help: async () => (await import('./help.ts')).packageConfigurationHelp,
    }),
  ],
  navigation: [
    {
      section: 'Operate',
      place: 30,
      title: 'Software packages',
      href: paths.packages(),
      does: 'Go to software packages',
    },
  ],
}
