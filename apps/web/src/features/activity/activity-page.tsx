import type { AuditPage } from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import type { ListWords } from '../../shared/list/list-props.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { TimeRangeField } from '../../shared/time-range-field.tsx'
import { COLUMNS } from './columns.tsx'
import { EntryLook } from './components/entry-details.tsx'
import { NewEntriesButton } from './components/new-entries-button.tsx'
import { VerifyButton } from './components/verify-button.tsx'
import { ACTIVITY_FILTER } from './filter.ts'
import type { ActivitySearch } from './search.ts'
import { useEntries } from './use-entries.ts'

const WORDS: ListWords = {
  title: 'Activity',
  one: 'entry',
  many: 'entries',
  description:
    'What people wrote through this console: by its server, and by the word of their pages what went over MQTT.',
  empty: {
    title: 'Nothing was written yet',
    text: 'Whoever changes a shadow, publishes, starts a bulk change or signs in appears here; of what changed, with what was there before.',
  },
}

/** Who changed what, when, and from what to what. */
export function ActivityPage({ search, setSearch }: SearchProps<ActivitySearch>) {
  const { look: _, verify, ...filter } = search
  const { pages, first, fresh, showNew } = useEntries(filter)
  return (
    <ListPage
      name="activity"
      breadcrumbs={[{ text: 'Activity', href: paths.activity() }]}
      words={first ? { ...WORDS, description: `${WORDS.description} ${keptWords(first)}` } : WORDS}
      columns={COLUMNS}
      rowId={({ id }) => id}
      source={pagesOf(pages, ({ entries }) => entries)}
      paging="endless"
      isNewestFirst
      search={search}
      setSearch={setSearch}
      filter={{
        by: ACTIVITY_FILTER,
        placeholder: 'Name of a thing, or person, action, outcome, shadow, bulk change',
        beside: <TimeRangeField range={filter} placeholder="Any time" onChange={setSearch} />,
      }}
      selection="single"
      selectLabel={({ action, person, time }) => `Look at ${action} by ${person.name}, ${time}`}
      aside={
        <>
          <NewEntriesButton {...fresh} onShow={showNew} />
          <VerifyButton isAsked={verify === '1'} onSeen={() => setSearch({ verify: undefined })} />
        </>
      }
      onRefresh={showNew}
      look={(id, entry) => ({ header: 'Entry', content: <EntryLook id={id} listed={entry} /> })}
    />
  )
}

/** What can be found here at all. */
function keptWords({ store, keeps, unreadable }: AuditPage): string {
  const kept = `The latest ${formatCount(keeps)} are kept${store === 'memory' ? ' until the server restarts' : ''}.`
  if (unreadable === undefined) return kept
  const [what, are] = unreadable === 1 ? ['record', 'is'] : ['records', 'are']
  return `${kept} ${formatCount(unreadable)} stored ${what} ${are} not as the trail writes them, and left out here: verify it.`
}
