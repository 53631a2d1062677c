import { useInfiniteQuery } from '@tanstack/react-query'
import type { PackageSummary } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { ListPage } from '../../../shared/list/list-page.tsx'
import { useListPageSize } from '../../../shared/list/list-preference.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import type { ListSearch } from '../../../shared/list/list-search.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { useLooks } from '../../../shared/list/use-looks.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { PACKAGE_LOOKS, packagePagesQuery } from '../api.ts'
import { CreatePackageDialog } from '../components/create-package-dialog.tsx'
import { DeletePackageDialog } from '../components/delete-package-dialog.tsx'
import { ReportingNotice } from '../components/reporting-notice.tsx'
import { COLUMNS, type PackageRow } from './columns.tsx'

type Asked = { readonly what: 'create' } | { readonly what: 'delete'; readonly packageName: string }

/** The software that devices run, by package; for each is asked how many things run it. */
export function PackagesPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pageSize = useListPageSize('packages', 25)
  const pages = useInfiniteQuery(packagePagesQuery(pageSize))
  const shown = pages.data?.pages[(search.page ?? 1) - 1]?.packages ?? []
  const looks = useLooks(
    PACKAGE_LOOKS,
    shown.map(({ packageName }) => packageName),
  )
  const [asked, setAsked] = useState<Asked>()
  const close = () => setAsked(undefined)
  const create: Action = {
    id: 'create',
    text: 'Create package',
    needs: 'operator',
    isPrimary: true,
    onAction: () => setAsked({ what: 'create' }),
  }
  const words: ListWords = {
    title: 'Software packages',
    one: 'package',
    many: 'packages',
    description: 'What is installed on devices, in versions that jobs bring, and which things say that they run it.',
    empty: {
      title: 'No software packages yet',
      text: 'A package is firmware, an application or a configuration; its versions are what jobs bring to devices. Of each it is seen how many things run it.',
    },
  }
  const rowOf = (summary: PackageSummary): PackageRow => ({ ...summary, look: looks.get(summary.packageName) })
  const outcome = [...looks.values()].find((look) => look)?.outcome
  return (
    <>
      <ListPage
        name="packages"
        breadcrumbs={[{ text: 'Software packages', href: paths.packages() }]}
        words={words}
        columns={COLUMNS}
        rowId={({ packageName }) => packageName}
        source={pagesOf(pages, ({ packages }) => packages.map(rowOf))}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[10, 25, 50]}
        search={search}
        setSearch={setSearch}
        notice={shown.length > 0 && <ReportingNotice outcome={outcome} />}
        selection="single"
        actions={(selected) => [
          {
            id: 'delete',
            text: 'Delete package',
            needs: 'admin',
            whyNot: selected.length === 0 ? 'Select a package.' : undefined,
            onAction: () => setAsked({ what: 'delete', packageName: selected[0] ?? '' }),
          },
          { id: 'configuration', text: 'Package configuration', href: paths.packageConfiguration() },
          create,
        ]}
        rowActions={({ packageName, defaultVersionName }) => [
          {
            id: 'roll-out',
            text: 'Roll out the default version',
            needs: 'operator',
            href: paths.createJob({ package: packageName, version: defaultVersionName }),
            whyNot: defaultVersionName === undefined ? 'It has no default version.' : undefined,
          },
          { id: 'jobs', text: 'Show jobs', href: paths.package(packageName, { tab: 'jobs' }) },
          {
            id: 'delete',
            text: 'Delete package',
            needs: 'admin',
            onAction: () => setAsked({ what: 'delete', packageName }),
          },
        ]}
      />
      {asked?.what === 'create' && <CreatePackageDialog onClose={close} />}
      {asked?.what === 'delete' && <DeletePackageDialog packageName={asked.packageName} onClose={close} />}
    </>
  )
}
