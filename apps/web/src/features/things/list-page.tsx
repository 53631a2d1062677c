import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import CollectionPreferences, {
  type CollectionPreferencesProps,
} from '@cloudscape-design/components/collection-preferences'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { SplitPanelContent, usePageChrome } from '../../shared/chrome/chrome.tsx'
import { formatCount } from '../../shared/format.ts'
import { paths } from '../../shared/paths.ts'
import { createPreference, usePreference } from '../../shared/preferences/preferences.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { useShortcut } from '../../shared/shortcuts/shortcuts.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { COLUMNS, DEFAULT_PREFERENCES, offeredColumns, pageSizes } from './columns.tsx'
import { FleetIndexNotice } from './components/fleet-index-notice.tsx'
import { ThingLook } from './components/thing-look.tsx'
import { filteringChoices, fromQuery, NO_FILTER, toQuery } from './filter.ts'
import { fleetCountQuery, thingPagesQuery } from './list-api.ts'
import type { ThingsFilter, ThingsSearch } from './search.ts'
import { useFleetIndex, useSource } from './use-fleet-index.ts'

const preferences = createPreference<CollectionPreferencesProps.Preferences>('things-list', (stored) =>
  typeof stored === 'object' && stored !== null ? { ...DEFAULT_PREFERENCES, ...stored } : DEFAULT_PREFERENCES,
)

const PART_OF_NAME: PropertyFilterProps.FreeTextFiltering = { operators: [':'], defaultOperator: ':' }

export function ThingsPage({ search, setSearch }: SearchProps<ThingsSearch>) {
  usePageChrome({ title: 'Things', breadcrumbs: [{ text: 'Things', href: paths.things() }] })
  const [preference, setPreference] = usePreference(preferences)
  const { page = 1, look: selected = [], ...filter } = search
  const look = selected.length === 1 ? selected[0] : undefined
  const index = useFleetIndex()
  const wanted = useSource()
  const pages = useInfiniteQuery({
    ...thingPagesQuery(wanted ?? 'registry', filter, preference.pageSize ?? 50),
    enabled: wanted !== undefined,
  })
  useLoadUpTo(page, pages)
  const filterField = useRef<PropertyFilterProps.Ref>(null)
  useShortcut('/', 'Filter the things', () => filterField.current?.focus())
  const closeLook = useCallback(() => setSearch({ look: undefined }, { replace: true }), [setSearch])

  const loaded = pages.data?.pages ?? []
  const source = loaded[0]?.source ?? wanted ?? 'registry'
  const isLive = source === 'index' && index.data?.connectivity === true
  const count = useQuery({ ...fleetCountQuery(filter), enabled: source === 'index' && wanted === 'index' })
  const things = loaded[page - 1]?.things ?? []
  const choices = filteringChoices(
    loaded.flatMap((each) => each.things),
    filter,
    source,
    isLive,
  )
  const offered = offeredColumns(source, isLive)
  const isFiltered = toQuery(filter).tokens.length > 0
  const clearFilter = () => setSearch({ ...NO_FILTER, page: undefined })

  const failure = pages.error && (
    <ErrorAlert
      error={pages.error}
      what="The things could not be listed"
      onRetry={() => void (loaded.length < page && loaded.length > 0 ? pages.fetchNextPage() : pages.refetch())}
    />
  )

  return (
    <>
      <Table
        variant="full-page"
        stickyHeader
        trackBy="thingName"
        items={things}
        columnDefinitions={COLUMNS}
        columnDisplay={offered.map(({ id }) => ({ id, visible: preference.visibleContent?.includes(id) ?? true }))}
        wrapLines={preference.wrapLines ?? false}
        loading={pages.isPending || (loaded.length < page && pages.isFetching)}
        loadingText="Loading things"
        resizableColumns
        selectionType="multi"
        selectedItems={things.filter(({ thingName }) => selected.includes(thingName))}
        onSelectionChange={({ detail }) => {
          // What is selected on other pages of the list stays selected.
          const elsewhere = selected.filter((name) => !things.some(({ thingName }) => thingName === name))
          const all = [...elsewhere, ...detail.selectedItems.map(({ thingName }) => thingName)]
          setSearch({ look: all.length === 0 ? undefined : all }, { replace: true })
        }}
        ariaLabels={{
          tableLabel: 'Things',
          selectionGroupLabel: 'Select things',
          allItemsSelectionLabel: () => 'Select all things of this page',
          itemSelectionLabel: (_, { thingName }) => `Select ${thingName}`,
        }}
        header={
          <Header
            variant="awsui-h1-sticky"
            {...(count.data?.about === undefined ? {} : { counter: `(about ${formatCount(count.data.about)})` })}
            description="Select one for a look, several to change them; open one for its shadow and messages."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <ChangeShadows thingNames={selected} />
                <Button
                  iconName="refresh"
                  ariaLabel="Refresh things"
                  loading={pages.isRefetching}
                  onClick={() => void pages.refetch()}
                />
              </SpaceBetween>
            }
          >
            Things
          </Header>
        }
        filter={
          <SpaceBetween size="s">
            <PropertyFilter
              ref={filterField}
              query={toQuery(filter)}
              onChange={({ detail }) => setSearch({ ...fromQuery(detail), page: undefined })}
              filteringProperties={choices.properties}
              filteringOptions={choices.options}
              filteringPlaceholder={
                source === 'index'
                  ? 'Part of a name, or type, group, attribute, connection'
                  : 'Part of a name, or type, attribute'
              }
              filteringAriaLabel="Filter things"
              customGroupsText={[{ group: 'attributes', properties: 'Attributes', values: 'Attribute values' }]}
              freeTextFiltering={PART_OF_NAME}
              hideOperations
            />
            {source === 'registry' && wanted !== undefined && !pages.isPending && (
              <FleetIndexNotice filter={filter} onlyFirst={loaded.at(-1)?.onlyFirst} refusal={loaded[0]?.refusal} />
            )}
            {things.length > 0 && failure}
          </SpaceBetween>
        }
        pagination={
          <Pagination
            currentPageIndex={page}
            pagesCount={Math.max(loaded.length, 1)}
            openEnd={pages.hasNextPage}
            disabled={pages.isFetchingNextPage}
            onChange={({ detail }) => setSearch({ page: detail.currentPageIndex })}
            onNextPageClick={({ detail }) => {
              if (!detail.requestedPageAvailable) setSearch({ page: detail.requestedPageIndex })
            }}
          />
        }
        preferences={
          <CollectionPreferences
            title="Preferences"
            confirmLabel="Save"
            cancelLabel="Cancel"
            preferences={preference}
            onConfirm={({ detail }) =>
              setPreference({
                ...detail,
                // Choices about columns that this source does not have stay for when it does.
                visibleContent: [
                  ...(detail.visibleContent ?? []),
                  ...(preference.visibleContent ?? []).filter((id) => !offered.some((each) => each.id === id)),
                ],
              })
            }
            pageSizePreference={pageSizes(source)}
            visibleContentPreference={{ title: 'Columns', options: [{ label: 'Thing', options: offered }] }}
            wrapLinesPreference={{ label: 'Wrap lines', description: 'Show all of a cell instead of its beginning' }}
          />
        }
        empty={
          failure ? (
            failure
          ) : isFiltered ? (
            <NoMatch
              filter={filter}
              onClear={clearFilter}
              {...(pages.hasNextPage && page === loaded.length ? { onGoOn: () => setSearch({ page: page + 1 }) } : {})}
            />
          ) : (
            <Box textAlign="center" padding="l">
              <Box variant="strong">No things yet</Box>
              <Box color="text-body-secondary">
                A thing stands for a device: its type, its attributes, its shadows. Create one with the AWS CLI,{' '}
                <Box variant="code">aws iot create-thing --thing-name pump-7</Box>, and it appears here.
              </Box>
            </Box>
          )
        }
      />
      {look !== undefined && (
        <SplitPanelContent header={look} onClose={closeLook}>
          <ThingLook thingName={look} />
        </SplitPanelContent>
      )}
    </>
  )
}

/** What can be done to the selection. */
function ChangeShadows({ thingNames }: { readonly thingNames: readonly string[] }) {
  const whyNot =
    useWhyNot('operator') ?? (thingNames.length === 0 ? 'Select the things whose shadows to change.' : undefined)
  return (
    <Button
      {...(whyNot === undefined
        ? { href: paths.bulkChanges({ things: thingNames }) }
        : { disabled: true, disabledReason: whyNot })}
    >
      {thingNames.length > 1 ? `Change shadows (${formatCount(thingNames.length)})` : 'Change shadows'}
    </Button>
  )
}

/** A link may name page 7: tokens lead there only over the pages before. */
function useLoadUpTo(page: number, pages: ReturnType<typeof useInfiniteQuery>): void {
  const { hasNextPage, isFetching, isError, fetchNextPage } = pages
  const loaded = pages.data === undefined ? 0 : (pages.data as { pages: readonly unknown[] }).pages.length
  useEffect(() => {
    if (loaded > 0 && loaded < page && hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [loaded, page, hasNextPage, isFetching, isError, fetchNextPage])
}

interface NoMatchProps {
  readonly filter: ThingsFilter
  readonly onClear: () => void
  /** The search has not come to its end. */
  readonly onGoOn?: () => void
}

function NoMatch({ filter: { name }, onClear, onGoOn }: NoMatchProps) {
  return (
    <Box textAlign="center" padding="l">
      <SpaceBetween size="s" alignItems="center">
        <Box variant="strong">
          {onGoOn ? 'No matches so far' : name === undefined ? 'No matches' : `No thing is named ${name}`}
        </Box>
        {onGoOn && (
          <Box color="text-body-secondary">The fleet is large: a part of it was searched, the rest was not.</Box>
        )}
        <SpaceBetween direction="horizontal" size="xs">
          {onGoOn && <Button onClick={onGoOn}>Search on</Button>}
          <Button onClick={onClear}>Clear filter</Button>
        </SpaceBetween>
      </SpaceBetween>
    </Box>
  )
}
