import Link from '@cloudscape-design/components/link'
import type { PackageLook, PackageSummary } from '@thingdeck/contract'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { countText, looked } from '../../../shared/list/looked-cell.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { TwoLines } from '../../../shared/text/two-lines.tsx'
import { Age } from '../../../shared/time.tsx'
import { RunningCount } from '../components/running-count.tsx'

export interface PackageRow extends PackageSummary {
  /** `null`: it is asked for; undefined: it could not be read. */
  readonly look: PackageLook | null | undefined
}

const age = (time: string | undefined) => (time === undefined ? '–' : <Age atMs={Date.parse(time)} />)

export const COLUMNS: readonly ListColumn<PackageRow>[] = [
  {
    id: 'package',
    header: 'Package',
    isRowHeader: true,
    isFixed: true,
    width: 260,
    minWidth: 160,
    cell: ({ packageName, look }) => (
      <>
        {/^\.{1,2}$/.test(packageName) ? (
          <>
            <NameText text={packageName} />{' '}
            <span className="td-weak">has no page: in an address it is another one</span>
          </>
        ) : (
          <Link href={paths.package(packageName)}>
            <NameText text={packageName} />
          </Link>
        )}
        {look?.description !== undefined && <TwoLines text={look.description} />}
      </>
    ),
  },
  {
    id: 'default',
    header: 'Default version',
    width: 180,
    minWidth: 120,
    cell: ({ packageName, defaultVersionName }) =>
      defaultVersionName === undefined ? (
        <span className="td-weak">none</span>
      ) : (
        <Link href={paths.package(packageName, { look: defaultVersionName })}>
          <NameText text={defaultVersionName} />
        </Link>
      ),
  },
  {
    id: 'versions',
    header: 'Versions',
    width: 120,
    minWidth: 90,
    cell: ({ look }) => looked(look, ({ versions }) => countText(versions)),
  },
  {
    id: 'things',
    header: 'Things that run it',
    minWidth: 240,
    cell: ({ defaultVersionName, look }) =>
      looked(look, (found) => <RunningCount look={found} defaultVersionName={defaultVersionName} />),
  },
  {
    id: 'updated',
    header: 'Changed',
    width: 130,
    minWidth: 100,
    isHiddenNarrow: true,
    cell: ({ lastUpdatedAt }) => age(lastUpdatedAt),
  },
  {
    id: 'created',
    header: 'Created',
    width: 130,
    minWidth: 100,
    isHiddenAtFirst: true,
    cell: ({ createdAt }) => age(createdAt),
  },
]
