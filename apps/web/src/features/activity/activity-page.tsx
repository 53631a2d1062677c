import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import CollectionPreferences, {
  type CollectionPreferencesProps,
} from '@cloudscape-design/components/collection-preferences'
import DateRangePicker from '@cloudscape-design/components/date-range-picker'
import Header from '@cloudscape-design/components/header'
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import type { AuditPage as Page } from '@thingdeck/contract'
import { useCallback, useRef } from 'react'
import { SplitPanelContent, usePageChrome } from '../../shared/chrome/chrome.tsx'
import { formatCount } from '../../shared/format.ts'
import { paths } from '../../shared/paths.ts'
import { createPreference, usePreference } from '../../shared/preferences/preferences.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { useShortcut } from '../../shared/shortcuts/shortcuts.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { COLUMN_OPTIONS, COLUMNS, DEFAULT_PREFERENCES } from './columns.tsx'
import { EntryLook } from './components/entry-details.tsx'
import { NewEntriesButton } from './components/new-entries-button.tsx'
import {
  fromQuery,
  fromRange,
  isFiltered,
  NO_FILTER,
  optionsOf,
  PROPERTIES,
  RELATIVE_OPTIONS,
  toQuery,
  toRange,
} from './filter.ts'
import type { ActivitySearch } from './search.ts'
import { useEntries } from './use-entries.ts'

const preferences = createPreference<CollectionPreferencesProps.Preferences>('activity-list', (stored) =>
  typeof stored === 'object' && stored !== null ? { ...DEFAULT_PREFERENCES, ...stored } : DEFAULT_PREFERENCES,
)

const THING_NAME: PropertyFilterProps.FreeTextFiltering = { operators: ['='], defaultOperator: '=' }

/** Who changed what, when, and from what to what. */
export function ActivityPage({ search, setSearch }: SearchProps<ActivitySearch>) {
  usePageChrome({ title: 'Activity', breadcrumbs: [{ text: 'Activity', href: paths.activity() }] })
  const [preference, setPreference] = usePreference(preferences)
  const { look, ...filter } = search
  const { pages, entries, first, fresh, showNew } = useEntries(filter)
  const filterField = useRef<PropertyFilterProps.Ref>(null)
  useShortcut('/', 'Filter the entries', () => filterField.current?.focus())
  const closeLook = useCallback(() => setSearch({ look: undefined }, { replace: true }), [setSearch])
  const looked = entries.filter(({ id }) => id === look)
  const failure = pages.error && (
    <ErrorAlert
      error={pages.error}
      what="The audit trail could not be read"
      onRetry={() => void (entries.length > 0 ? pages.fetchNextPage() : pages.refetch())}
    />
  )
  const goOn = pages.hasNextPage && (
    <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
      {entries.length === 0 ? 'Search on' : 'Show older entries'}
    </Button>
  )

  return (
    <>
      <Table
        variant="full-page"
        stickyHeader
        trackBy="id"
        items={entries}
        columnDefinitions={COLUMNS}
        columnDisplay={COLUMNS.map(({ id = '' }) => ({
          id,
          visible: preference.visibleContent?.includes(id) ?? true,
        }))}
        wrapLines={preference.wrapLines ?? false}
        loading={pages.isPending}
        loadingText="Loading the audit trail"
        resizableColumns
        selectionType="single"
        selectedItems={looked}
        onSelectionChange={({ detail }) => setSearch({ look: detail.selectedItems[0]?.id }, { replace: true })}
        ariaLabels={{
          tableLabel: 'Activity',
          selectionGroupLabel: 'Select an entry',
          itemSelectionLabel: (_, { action, person, time }) => `Look at ${action} by ${person.name}, ${time}`,
        }}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={first ? keptWords(first) : 'Every write of a person through this console.'}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <NewEntriesButton {...fresh} onShow={showNew} />
                <Button
                  iconName="refresh"
                  ariaLabel="Refresh the entries"
                  loading={pages.isRefetching && !pages.isFetchingNextPage}
                  onClick={showNew}
                />
              </SpaceBetween>
            }
          >
            Activity
          </Header>
        }
        filter={
          <SpaceBetween size="s">
            <div className="td-activity-filter">
              <PropertyFilter
                ref={filterField}
                query={toQuery(filter)}
                onChange={({ detail }) => setSearch(fromQuery(detail))}
                filteringProperties={PROPERTIES}
                filteringOptions={optionsOf(entries)}
                filteringPlaceholder="Name of a thing, or person, action, outcome, shadow, bulk change"
                filteringAriaLabel="Filter the entries"
                freeTextFiltering={THING_NAME}
                hideOperations
              />
              <DateRangePicker
                value={toRange(filter, Date.now())}
                onChange={({ detail }) => setSearch(fromRange(detail.value))}
                relativeOptions={RELATIVE_OPTIONS}
                isValidRange={() => ({ valid: true })}
                placeholder="Any time"
                ariaLabel="When"
                hideTimeOffset
              />
            </div>
            {entries.length > 0 && failure}
          </SpaceBetween>
        }
        preferences={
          <CollectionPreferences
            title="Preferences"
            confirmLabel="Save"
            cancelLabel="Cancel"
            preferences={preference}
            onConfirm={({ detail }) => setPreference(detail)}
            visibleContentPreference={{ title: 'Columns', options: [{ label: 'Entry', options: COLUMN_OPTIONS }] }}
            wrapLinesPreference={{ label: 'Wrap lines', description: 'Show all of a cell instead of its beginning' }}
          />
        }
        footer={entries.length > 0 && goOn && <Box textAlign="center">{goOn}</Box>}
        empty={
          failure || (
            <Nothing isFiltered={isFiltered(filter)} onClear={() => setSearch(NO_FILTER)}>
              {goOn}
            </Nothing>
          )
        }
      />
      {look !== undefined && (
        <SplitPanelContent header="Entry" onClose={closeLook}>
          <EntryLook id={look} listed={looked[0]} />
        </SplitPanelContent>
      )}
    </>
  )
}

/** What can be found here at all. */
function keptWords({ store, keeps }: Page): string {
  const latest = `The latest ${formatCount(keeps)} are kept`
  if (store === 'memory') return `Every write of a person through this console. ${latest} until the server restarts.`
  return `Every write of a person through this console. ${latest}.`
}

interface NothingProps {
  readonly isFiltered: boolean
  readonly onClear: () => void
  /** The button that searches on, where there is more to search. */
  readonly children: React.ReactNode
}

function Nothing({ isFiltered, onClear, children }: NothingProps) {
  if (!isFiltered) {
    return (
      <Box textAlign="center" padding="l">
        <Box variant="strong">Nothing was written yet</Box>
        <Box color="text-body-secondary">
          Whoever changes a shadow, starts a bulk change or signs in appears here, with what was there before and after.
        </Box>
      </Box>
    )
  }
  return (
    <Box textAlign="center" padding="l">
      <SpaceBetween size="s" alignItems="center">
        <Box variant="strong">{children ? 'No matches so far' : 'No matches'}</Box>
        <SpaceBetween direction="horizontal" size="xs">
          {children}
          <Button onClick={onClear}>Clear filter</Button>
        </SpaceBetween>
      </SpaceBetween>
    </Box>
  )
}
