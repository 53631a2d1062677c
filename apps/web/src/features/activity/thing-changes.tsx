import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { type AuditEntry, thingOfResource } from '@thingdeck/contract'
import { paths } from '../../shared/paths.ts'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { COLUMNS } from './columns.tsx'
import { NewEntriesButton } from './components/new-entries-button.tsx'
import { useEntries } from './use-entries.ts'

const SHOWN = ['time', 'person', 'action', 'change', 'outcome']

const SHADOW: TableProps.ColumnDefinition<AuditEntry> = {
  id: 'shadow',
  header: 'Shadow',
  width: 160,
  cell: ({ resource }) => {
    if (resource?.type !== 'shadow') return '–'
    const { thingName = '', shadowName } = thingOfResource(resource) ?? {}
    return <Link href={paths.shadow(thingName, shadowName)}>{shadowName ?? 'classic'}</Link>
  },
}

const OF_A_THING = [
  ...COLUMNS.filter(({ id = '' }) => SHOWN.includes(id)).map((column) =>
    column.id === 'time'
      ? {
          ...column,
          cell: (entry: Parameters<typeof column.cell>[0]) => (
            <Link
              href={paths.activity({
                thing: entry.resource && thingOfResource(entry.resource)?.thingName,
                look: entry.id,
              })}
            >
              {column.cell(entry)}
            </Link>
          ),
        }
      : column,
  ),
].toSpliced(3, 0, SHADOW)

/** What people changed of one thing through the console, newest first. */
export function ThingChanges({ thingName }: { readonly thingName: string }) {
  const { pages, entries, fresh, showNew } = useEntries({ thing: thingName })
  const failure = pages.error && (
    <ErrorAlert error={pages.error} what="The changes could not be read" onRetry={() => void pages.refetch()} />
  )
  return (
    <Table
      trackBy="id"
      items={entries}
      columnDefinitions={OF_A_THING}
      loading={pages.isPending}
      loadingText="Loading changes"
      ariaLabels={{ tableLabel: `Changes of ${thingName}` }}
      header={
        <Header
          variant="h2"
          description="By people, through this console. What the device reports is in its shadow."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <NewEntriesButton {...fresh} onShow={showNew} />
              <Button href={paths.activity({ thing: thingName })}>Open in Activity</Button>
            </SpaceBetween>
          }
        >
          Changes
        </Header>
      }
      footer={
        pages.hasNextPage && (
          <Box textAlign="center">
            <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {entries.length === 0 ? 'Search on' : 'Show older changes'}
            </Button>
          </Box>
        )
      }
      empty={failure || <Box color="text-body-secondary">Nobody has changed this thing through the console yet.</Box>}
    />
  )
}
