import Badge from '@cloudscape-design/components/badge'
import Link from '@cloudscape-design/components/link'
import type { PackageThings, PackageVersionSummary } from '@thingdeck/contract'
import { formatCounted } from '../../../shared/format.ts'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { runningQuery } from '../../../shared/packages/package-queries.ts'
import { VersionStatus } from '../../../shared/packages/version-status.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Age } from '../../../shared/time.tsx'
import { uncountedInWords } from '../words.ts'

const age = (time: string | undefined) => (time === undefined ? '–' : <Age atMs={Date.parse(time)} />)

/** @param things how many run each; undefined: not known yet */
export const versionColumns = (
  packageName: string,
  defaultVersionName: string | undefined,
  things: PackageThings | undefined,
): readonly ListColumn<PackageVersionSummary>[] => [
  {
    id: 'version',
    header: 'Version',
    isRowHeader: true,
    isFixed: true,
    width: 240,
    minWidth: 140,
    cell: ({ versionName }) => (
      <>
        <Link href={paths.package(packageName, { look: versionName })}>
          <NameText text={versionName} />
        </Link>{' '}
        {versionName === defaultVersionName && <Badge color="blue">Default</Badge>}
      </>
    ),
  },
  {
    id: 'status',
    header: 'State',
    width: 140,
    minWidth: 110,
    cell: ({ status }) => <VersionStatus status={status} />,
  },
  {
    id: 'things',
    header: 'Things that run it',
    minWidth: 160,
    cell: ({ versionName }) => <RunIt packageName={packageName} versionName={versionName} things={things} />,
  },
  { id: 'updated', header: 'Changed', width: 140, minWidth: 100, cell: ({ lastUpdatedAt }) => age(lastUpdatedAt) },
  {
    id: 'created',
    header: 'Created',
    width: 140,
    minWidth: 100,
    isHiddenNarrow: true,
    cell: ({ createdAt }) => age(createdAt),
  },
]

interface RunItProps {
  readonly packageName: string
  readonly versionName: string
  readonly things: PackageThings | undefined
}

function RunIt({ packageName, versionName, things }: RunItProps) {
  if (!things) return <span className="td-weak">…</span>
  const { outcome, versions, isAll } = things
  if (outcome !== 'counted') return <span className="td-weak">{uncountedInWords(outcome)}</span>
  const count = versions.find((each) => each.versionName === versionName)?.count
  if (count === undefined) return <span className="td-weak">{isAll ? 'none' : 'none, or not counted'}</span>
  return (
    <Link href={paths.things({ query: runningQuery(packageName, versionName) })}>{formatCounted(count, 'thing')}</Link>
  )
}
