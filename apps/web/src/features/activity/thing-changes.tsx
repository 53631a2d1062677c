import Link from '@cloudscape-design/components/link'
import { type AuditEntry, thingOfResource } from '@thingdeck/contract'
import { List } from '../../shared/list/list.tsx'
import type { ListColumn } from '../../shared/list/list-column.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { COLUMNS } from './columns.tsx'
import { NewEntriesButton } from './components/new-entries-button.tsx'
import { useEntries } from './use-entries.ts'

const SHOWN = ['time', 'person', 'action', 'change', 'outcome']

const SHADOW: ListColumn<AuditEntry> = {
  id: 'shadow',
  header: 'Shadow',
  width: 160,
  cell: ({ resource, shadows }) => {
    if (resource?.type !== 'shadow') return shadows ? 'see the entry' : '–'
    const { thingName = '', shadowName } = thingOfResource(resource) ?? {}
    return (
      <Link href={paths.shadow(thingName, shadowName)}>
        <NameText text={shadowName ?? 'classic'} />
      </Link>
    )
  },
}

const OF_A_THING: readonly ListColumn<AuditEntry>[] = COLUMNS.filter(({ id }) => SHOWN.includes(id))
  .map((column) => (column.id === 'time' ? { ...column, cell: linked(column.cell) } : column))
  .toSpliced(3, 0, SHADOW)

/** The cell as a link to the entry. */
function linked(cell: ListColumn<AuditEntry>['cell']): typeof cell {
  return (entry) => {
    const thing = entry.resource && thingOfResource(entry.resource)?.thingName // none of a replay
    return <Link href={paths.activity({ thing, look: entry.id })}>{cell(entry)}</Link>
  }
}

const WORDS: ListWords = {
  title: 'Changes',
  one: 'change',
  many: 'changes',
  description:
    'By people, through this console: the thing, its shadows, and what was published to the topics of its shadows. What the device reports, and what other programs write, is not here.',
  empty: {
    title: 'No changes yet',
    text: 'Of what is kept, nobody has changed this thing or its shadows through the console.',
  },
}

/** What people changed of one thing through the console, newest first. */
export function ThingChanges({ thingName }: { readonly thingName: string }) {
  const { pages, fresh, showNew } = useEntries({ thing: thingName })
  return (
    <List
      name="thing-changes"
      variant="container"
      words={{ ...WORDS, label: `Changes of ${thingName}` }}
      columns={OF_A_THING}
      rowId={({ id }) => id}
      source={pagesOf(pages, ({ entries }) => entries)}
      paging="endless"
      isNewestFirst
      aside={<NewEntriesButton {...fresh} onShow={showNew} />}
      onRefresh={showNew}
      actions={() => [{ id: 'open', text: 'Open in Activity', href: paths.activity({ thing: thingName }) }]}
    />
  )
}
