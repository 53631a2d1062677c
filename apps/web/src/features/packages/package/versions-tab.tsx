import SpaceBetween from '@cloudscape-design/components/space-between'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  endpoints,
  type PackageVersionAction,
  type PackageVersionSummary,
  type SoftwarePackage,
} from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { api } from '../../../shared/api.ts'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { useUndoFlash } from '../../../shared/flash/use-undo-flash.tsx'
import { List } from '../../../shared/list/list.tsx'
import { useListPageSize } from '../../../shared/list/list-preference.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { messageOf } from '../../../shared/message-of.ts'
import { packageVersionQuery, versionInWords, versionPagesQuery } from '../../../shared/packages/package-queries.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { packagesChanged, packageThingsQuery } from '../api.ts'
import { DeleteVersionDialog } from '../components/delete-version-dialog.tsx'
import { ReportingNotice } from '../components/reporting-notice.tsx'
import { VersionActDialog } from '../components/version-act-dialog.tsx'
import { VersionFormDialog } from '../components/version-form-dialog.tsx'
import type { PackageSearch } from '../search.ts'
import { whyNotAct, whyNotDefault, whyNotRollOut } from '../words.ts'
import { RunningBar } from './running-bar.tsx'
import { versionColumns } from './version-columns.tsx'
import { VersionLook } from './version-look.tsx'

interface VersionsTabProps extends SearchProps<PackageSearch> {
  readonly found: SoftwarePackage
}

type Asked = {
  readonly version: PackageVersionSummary
  readonly what: PackageVersionAction | 'edit' | 'delete'
}

/** The versions of a package with what can be made of each, below how the things that run it are spread over them. */
export function VersionsTab({ found, search, setSearch }: VersionsTabProps) {
  const { packageName, defaultVersionName } = found
  const client = useQueryClient()
  const { flash } = useFlash()
  const undoable = useUndoFlash()
  const pageSize = useListPageSize('package-versions', 25)
  const pages = useInfiniteQuery(versionPagesQuery(packageName, pageSize))
  const things = useQuery(packageThingsQuery(packageName))
  const [asked, setAsked] = useState<Asked>()
  const close = () => setAsked(undefined)
  const changed = () => void packagesChanged(client)
  const setDefault = async (name: string) => {
    await api(endpoints.updatePackage, { params: { packageName }, body: { defaultVersionName: name } })
    changed()
  }
  const makeDefault = async (versionName: string) => {
    const id = `default ${packageName}`
    const words = versionInWords(packageName, versionName)
    try {
      await setDefault(versionName)
    } catch (error) {
      flash({ id, type: 'error', header: `${words} could not become the default version`, content: messageOf(error) })
      return
    }
    undoable({
      id,
      done: `${words} is the default version`,
      undo: () => setDefault(defaultVersionName ?? ''),
      failure: 'The default version could not be put back',
      onChange: changed,
    })
  }
  const loaded = pages.data?.pages.flatMap(({ versions }) => versions) ?? []
  const actionsOn = (version: PackageVersionSummary): Action[] => {
    const { versionName, status } = version
    const needs = 'operator' as const
    const ask = (what: Asked['what']) => () => setAsked({ version, what })
    return [
      {
        id: 'roll-out',
        text: 'Roll out this version',
        needs,
        href: paths.createJob({ package: packageName, version: versionName }),
        whyNot: whyNotRollOut(status),
      },
      { id: 'publish', text: 'Publish', needs, whyNot: whyNotAct('PUBLISH', status), onAction: ask('PUBLISH') },
      {
        id: 'default',
        text: 'Make default',
        needs,
        whyNot: whyNotDefault(status, versionName === defaultVersionName),
        onAction: () => void makeDefault(versionName),
      },
      { id: 'edit', text: 'Edit', needs, onAction: ask('edit') },
      { id: 'deprecate', text: 'Deprecate', needs, whyNot: whyNotAct('DEPRECATE', status), onAction: ask('DEPRECATE') },
      { id: 'delete', text: 'Delete', needs: 'admin', onAction: ask('delete') },
    ]
  }
  return (
    <SpaceBetween size="m">
      <ReportingNotice outcome={things.data?.outcome} message={things.data?.message} />
      <RunningBar packageName={packageName} query={things} defaultVersionName={defaultVersionName} />
      <List
        name="package-versions"
        variant="container"
        words={{
          title: 'Versions',
          one: 'version',
          many: 'versions',
          description: 'The oldest first, as AWS lists them; a look has attributes, artifact and recipe.',
          empty: {
            title: 'No versions yet',
            text: 'A version begins as a draft. Published, jobs can bring it to devices.',
          },
        }}
        columns={versionColumns(packageName, defaultVersionName, things.data)}
        rowId={({ versionName }) => versionName}
        source={pagesOf(pages, ({ versions }) => versions)}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[10, 25, 100]}
        search={search}
        setSearch={setSearch}
        selection="single"
        actions={(selected) => {
          const version = loaded.find(({ versionName }) => versionName === selected[0])
          const actions = version ? actionsOn(version) : NONE_SELECTED
          return actions.filter(({ id }) => ON_SELECTION.includes(id))
        }}
        rowActions={actionsOn}
        look={(versionName) => ({
          header: `${packageName} ${versionName}`,
          content: <VersionLook packageName={packageName} versionName={versionName} />,
        })}
      />
      {(asked?.what === 'PUBLISH' || asked?.what === 'DEPRECATE') && (
        <VersionActDialog
          packageName={packageName}
          versionName={asked.version.versionName}
          action={asked.what}
          onClose={close}
        />
      )}
      {asked?.what === 'edit' && <EditVersion version={asked.version} onClose={close} />}
      {asked?.what === 'delete' && (
        <DeleteVersionDialog found={found} versionName={asked.version.versionName} onClose={close} />
      )}
    </SpaceBetween>
  )
}

const ON_SELECTION: readonly string[] = ['roll-out', 'publish', 'default']
const NONE_SELECTED: readonly Action[] = [
  // In the order of those that one has: a button stays where it is when a version is selected.
  { id: 'roll-out', text: 'Roll out this version' },
  { id: 'publish', text: 'Publish' },
  { id: 'default', text: 'Make default' },
].map((words) => ({ ...words, needs: 'operator' as const, whyNot: 'Select a version.', onAction: () => {} }))

/** The form wants what a list does not tell. */
function EditVersion({
  version: { packageName, versionName },
  onClose,
}: {
  readonly version: PackageVersionSummary
  readonly onClose: () => void
}) {
  const { data } = useQuery(packageVersionQuery(packageName, versionName))
  return data ? <VersionFormDialog packageName={packageName} version={data} onClose={onClose} /> : null
}
