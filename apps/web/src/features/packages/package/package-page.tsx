import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { DetailsPage } from '../../../shared/details/details-page.tsx'
import { packageQuery } from '../../../shared/packages/package-queries.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { ResourceTags } from '../../../shared/tags/resource-tags.tsx'
import { packagesChanged } from '../api.ts'
import { DeletePackageDialog } from '../components/delete-package-dialog.tsx'
import { EditPackageDialog } from '../components/edit-package-dialog.tsx'
import { VersionFormDialog } from '../components/version-form-dialog.tsx'
import type { PackageSearch } from '../search.ts'
import { JobsTab } from './jobs-tab.tsx'
import { PackageStatusLine } from './package-status-line.tsx'
import { VersionsTab } from './versions-tab.tsx'

interface PackagePageProps extends SearchProps<PackageSearch> {
  readonly packageName: string
}

/** A software package: its versions, what things run of them, and the jobs that brought them. */
export function PackagePage({ packageName, search, setSearch }: PackagePageProps) {
  const client = useQueryClient()
  const query = useQuery(packageQuery(packageName))
  const [asked, setAsked] = useState<'version' | 'edit' | 'delete'>()
  const close = () => setAsked(undefined)
  const { data } = query
  const defaultVersion = data?.defaultVersionName
  return (
    <>
      <DetailsPage
        title={packageName}
        breadcrumbs={[
          { text: 'Software packages', href: paths.packages() },
          { text: packageName, href: paths.package(packageName) },
        ]}
        status={data && <PackageStatusLine found={data} />}
        what="package"
        query={query}
        notFound={`There is no package named ${packageName}`}
        actions={
          data
            ? [
                { id: 'delete', text: 'Delete', needs: 'admin', onAction: () => setAsked('delete') },
                { id: 'edit', text: 'Edit', needs: 'operator', onAction: () => setAsked('edit') },
                {
                  id: 'roll-out',
                  text: 'Roll out the default version',
                  needs: 'operator',
                  href: paths.createJob({ package: packageName, version: defaultVersion }),
                  whyNot: defaultVersion === undefined ? 'It has no default version.' : undefined,
                },
                {
                  id: 'version',
                  text: 'New version',
                  needs: 'operator',
                  isPrimary: true,
                  onAction: () => setAsked('version'),
                },
              ]
            : []
        }
        tabs={[
          {
            id: 'versions',
            label: 'Versions',
            content: (found) => <VersionsTab found={found} search={search} setSearch={setSearch} />,
          },
          { id: 'jobs', label: 'Jobs', content: <JobsTab packageName={packageName} /> },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ packageArn }) => <ResourceTags resourceArn={packageArn} what={`the package ${packageName}`} />,
          },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {asked === 'version' && (
        <VersionFormDialog
          packageName={packageName}
          onDone={(versionName) => {
            void packagesChanged(client)
            setSearch({ tab: undefined, look: [versionName] })
          }}
          onClose={close}
        />
      )}
      {asked === 'edit' && data && <EditPackageDialog found={data} onClose={close} />}
      {asked === 'delete' && <DeletePackageDialog packageName={packageName} onClose={close} />}
    </>
  )
}
