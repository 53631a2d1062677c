import Table from '@cloudscape-design/components/table'
import { type ReactNode, useCallback } from 'react'
import type { Action } from '../action/action.ts'
import { ActionMenu } from '../action/action-buttons.tsx'
import { SplitPanelContent } from '../chrome/chrome.tsx'
import { visibleText } from '../text/visible-text.ts'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { useIsWide } from '../use-is-wide.ts'
import type { ListColumn } from './list-column.ts'
import { ListNothing } from './list-empty.tsx'
import { ListFilterField } from './list-filter-field.tsx'
import { ListFooter, ListPagination } from './list-footer.tsx'
import { ListHeader } from './list-header.tsx'
import { isVisible, useListPreference } from './list-preference.ts'
import { ListPreferences } from './list-preferences.tsx'
import type { ListProps } from './list-props.ts'
import { type ListSearch, parseSort } from './list-search.ts'
import { ListSelection } from './list-selection.tsx'
import { SortNotice, sortedHere } from './list-sort.tsx'
import { rowsOfTree, treeProps } from './list-tree.tsx'
import { ListViews } from './list-views.tsx'
import { columnWidths } from './list-widths.ts'
import { useLoadUpTo } from './use-load-up-to.ts'

const ACTIONS = 'row-actions'

/**
 * A table of rows that come page by page. A page says what is special about it (columns, filter, query, words, actions,
 * look); filter, page, sorting, selection and look are in the address, what people choose is kept in their browser.
 */
export function List<Row, F extends object = Record<never, never>>(props: ListProps<Row, F>) {
  const { name, variant = 'full-page', words, rowId, source, paging, selection, filter, rowActions } = props
  const { search, setSearch } = props
  const { page = 1, look: selected = [] }: ListSearch = search ?? {}
  const nameOf = (row: Row) => visibleText(props.rowName?.(row) ?? rowId(row))
  const [preference, setPreference] = useListPreference(name)
  const isNarrow = !useIsWide()
  const isNumbered = paging === 'numbered'
  useLoadUpTo(isNumbered ? page : 1, source)

  const loaded = source.pages
  const given = isNumbered ? (loaded[page - 1] ?? []) : loaded.flat()
  const offered = props.columns.filter(({ id }) => props.offered?.includes(id) ?? true)
  const columns = rowActions ? [...offered, actionColumn(rowActions, nameOf)] : offered
  const sorted = sortedHere(given, columns, search)
  const rows = sorted ?? given
  const inAddress = search?.columns
  const isShown = (column: ListColumn<Row>, isNarrowNow = isNarrow) =>
    inAddress === undefined || column.id === ACTIONS || column.isFixed === true
      ? isVisible(preference, column, isNarrowNow)
      : inAddress.includes(column.id)
  const isWanted = (column: ListColumn<Row>) => column.id !== ACTIONS && isShown(column, false)
  const visible = columns.filter((column) => isShown(column))
  const widths = columnWidths(visible, preference.widths)
  const isAll = props.all !== undefined && search?.all === '1'
  const selectable = props.tree ? rowsOfTree(props.tree, rowId, rows) : rows
  const selectedRows = isAll ? selectable : selectable.filter((row) => selected.includes(rowId(row)))
  const looked = props.look && !isAll && selected.length === 1 && selected[0] !== undefined ? selected[0] : undefined
  const actions = props.actions?.(selected) ?? []
  // What makes a row is what a page of rows is for; of a list within a page its words alone say so.
  const action = actions.find(({ isPrimary, whyNot }) => isPrimary && whyNot === undefined)
  const first = variant === 'full-page' && action ? { action } : {}
  const isFiltered = filter !== undefined && search !== undefined && filter.by.isSet(search)
  const closeLook = useCallback(() => setSearch?.({ look: undefined }, { replace: true }), [setSearch])

  // Without a filter or page numbers the bar above the rows would hold nothing else.
  const isBare = !filter && !isNumbered
  const preferences = (
    <ListPreferences
      one={words.one}
      many={words.many}
      columns={offered}
      isShown={(column) => isShown(column)}
      moreColumns={props.moreColumns}
      preference={preference}
      pageSizes={props.pageSizes}
      pageSize={props.pageSize}
      onChoose={(chosen, shown) => {
        setPreference(chosen)
        if (props.moreColumns || inAddress)
          setSearch?.({ columns: props.moreColumns ? shown : undefined }, { replace: true })
      }}
    />
  )
  const hasMorePages = source.hasNextPage || (isNumbered && loaded.length > 1)
  const counted =
    isNumbered && loaded.length > 0 ? { number: loaded.flat().length, isAtLeast: source.hasNextPage } : undefined
  const failure = source.error && (
    <ErrorAlert
      error={source.error}
      what={`The ${words.many} could not be listed`}
      onRetry={loaded.length > 0 && rows.length === 0 ? source.fetchNextPage : source.refresh}
    />
  )
  const select = (chosen: readonly Row[]) => {
    // What is selected on other pages of the list, or below a row that is closed, stays selected.
    const elsewhere = selection === 'multi' ? selected.filter((id) => !selectable.some((row) => rowId(row) === id)) : []
    const all = [...elsewhere, ...chosen.map(rowId)]
    setSearch?.({ look: all.length === 0 ? undefined : all, all: undefined }, { replace: true })
  }
  const selectionBar = props.all !== undefined && (
    <ListSelection
      one={words.one}
      many={words.many}
      count={selected.length}
      all={props.all}
      isAll={isAll}
      onAll={(wanted) => setSearch?.({ all: wanted ? '1' : undefined }, { replace: true })}
      onClear={() => setSearch?.({ look: undefined }, { replace: true })}
    />
  )

  return (
    <>
      <Table<Row>
        className={preference.wrapLines ? 'td-list-wraps' : ''}
        variant={variant}
        stickyHeader={variant === 'full-page'}
        enableKeyboardNavigation
        trackBy={rowId}
        items={rows}
        {...(props.tree && treeProps(props.tree, rowId, rows))}
        columnDefinitions={columns.map(({ id, header, cell, isRowHeader, sortsBy, compare }) => {
          const sortingField = sortsBy ?? (compare && search ? id : undefined)
          return {
            id,
            header,
            cell,
            isRowHeader: isRowHeader === true,
            ...widths.get(id),
            ...(sortingField !== undefined && { sortingField }),
          }
        })}
        columnDisplay={columns.map((column) => ({ id: column.id, visible: visible.includes(column) }))}
        wrapLines={preference.wrapLines}
        loading={source.isPending || (isNumbered && loaded.length < page && source.isFetching)}
        loadingText={`Loading ${words.many}`}
        resizableColumns
        onColumnWidthsChange={({ detail }) =>
          setPreference({ ...preference, widths: { ...preference.widths, ...widthsBy(visible, detail.widths) } })
        }
        {...sortingOf(search, (sort) => setSearch?.({ sort, page: undefined }))}
        {...(selection && {
          selectionType: selection,
          selectedItems: selectedRows,
          onSelectionChange: ({ detail }) => select(detail.selectedItems),
        })}
        ariaLabels={{
          tableLabel: words.label ?? words.title,
          selectionGroupLabel: `Select ${words.many}`,
          allItemsSelectionLabel: () => `Select all ${words.many} of this page`,
          itemSelectionLabel: (_, row) => props.selectLabel?.(row) ?? `Select ${nameOf(row)}`,
          expandButtonLabel: (row) => `Expand ${nameOf(row)}`,
          collapseButtonLabel: (row) => `Collapse ${nameOf(row)}`,
        }}
        header={
          <ListHeader
            variant={variant === 'full-page' ? 'awsui-h1-sticky' : 'h2'}
            words={words}
            count={props.count ?? counted}
            actions={actions}
            views={
              props.views &&
              search && (
                <ListViews list={props.views} search={search} columns={columns.filter(isWanted).map(({ id }) => id)} />
              )
            }
            aside={props.aside}
            source={source}
            onRefresh={props.onRefresh ?? source.refresh}
          >
            {isBare && preferences}
          </ListHeader>
        }
        filter={
          filter && search && setSearch ? (
            <ListFilterField
              {...filter}
              many={words.many}
              search={search}
              rows={loaded.flat()}
              onChange={(change) => setSearch({ ...change, page: undefined, all: undefined })}
            >
              {props.notice}
              {selectionBar}
              {sorted && hasMorePages && (
                <SortNotice many={words.many} onUndo={() => setSearch({ sort: undefined }, { replace: true })} />
              )}
              {rows.length > 0 && failure}
            </ListFilterField>
          ) : (
            <>
              {props.notice}
              {rows.length > 0 && failure}
            </>
          )
        }
        pagination={
          isNumbered && (
            <ListPagination
              page={page}
              source={source}
              onTurn={(to) => setSearch?.({ page: to === 1 ? undefined : to })}
            />
          )
        }
        preferences={!isBare && preferences}
        footer={
          !isNumbered &&
          rows.length > 0 &&
          source.hasNextPage && (
            <ListFooter many={words.many} isNewestFirst={props.isNewestFirst ?? false} source={source} />
          )
        }
        empty={
          failure || (
            <ListNothing
              words={{ ...first, ...words.empty }}
              pageOf={variant === 'full-page' ? words.many : undefined}
              noMatch={props.noMatch}
              partSearched={words.partSearched}
              isFiltered={isFiltered}
              isSearching={source.isFetchingNextPage}
              onClear={filter && setSearch && (() => setSearch({ ...filter.by.none, page: undefined, all: undefined }))}
              onSearchOn={goOn()}
              lastPage={isNumbered && loaded.length > 0 && page > loaded.length ? loaded.length : undefined}
              onTurn={(to) => setSearch?.({ page: to === 1 ? undefined : to })}
            />
          )
        }
      />
      {props.look && looked !== undefined && <Look {...props.look(looked, selectedRows[0])} onClose={closeLook} />}
    </>
  )

  /** On with a search of which a part was done: numbered pages have each part on a page of its own. */
  function goOn(): (() => void) | undefined {
    if (!source.hasNextPage || (isNumbered && page !== loaded.length)) return undefined
    return isNumbered ? () => setSearch?.({ page: page + 1 }) : source.fetchNextPage
  }
}

function Look({ header, content, onClose }: { header: string; content: ReactNode; onClose: () => void }) {
  return (
    <SplitPanelContent header={header} onClose={onClose}>
      {content}
    </SplitPanelContent>
  )
}

const actionColumn = <Row,>(
  actions: (row: Row) => readonly Action[],
  nameOf: (row: Row) => string,
): ListColumn<Row> => ({
  id: ACTIONS,
  header: 'Actions',
  width: 90,
  minWidth: 70,
  cell: (row) => <ActionMenu label={`Actions for ${nameOf(row)}`} actions={actions(row)} />,
})

const widthsBy = <Row,>(columns: readonly ListColumn<Row>[], widths: readonly number[]) =>
  Object.fromEntries(
    columns.flatMap(({ id }, index) => (widths[index] === undefined ? [] : [[id, Math.round(widths[index])]])),
  )

function sortingOf(search: ListSearch | undefined, onSort: (sort: string) => void) {
  const { by, isDescending } = parseSort(search?.sort ?? '')
  return {
    sortingColumn: { sortingField: by },
    sortingDescending: isDescending,
    onSortingChange: ({
      detail,
    }: {
      detail: { sortingColumn: { sortingField?: string }; isDescending?: boolean | undefined }
    }) => {
      const { sortingField } = detail.sortingColumn
      if (sortingField !== undefined) onSort(detail.isDescending ? `-${sortingField}` : sortingField)
    },
  }
}
