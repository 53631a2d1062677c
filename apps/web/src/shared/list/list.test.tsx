import { useInfiniteQuery } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderPage } from '../../../test/render-page.tsx'
import type { RawSearch } from '../search-params.ts'
import type { SearchProps } from '../search-props.ts'
import { List } from './list.tsx'
import type { ListColumn } from './list-column.ts'
import { type ListSearch, listSearch, parseSort } from './list-search.ts'
import { pagesOf } from './list-source.ts'
import { ReadAgo } from './read-ago.tsx'

const COLUMNS: readonly ListColumn<number>[] = [
  { id: 'number', header: 'Number', isRowHeader: true, width: 200, minWidth: 80, sortsBy: 'number', cell: String },
  { id: 'square', header: 'Square', width: 200, cell: (number) => number * number },
]

const WORDS = { title: 'Numbers', one: 'number', many: 'numbers', empty: { title: 'No numbers' } }
const PER_PAGE = 3

function Numbers({ search, setSearch, paging }: SearchProps<ListSearch> & { readonly paging: 'numbered' | 'endless' }) {
  const { isDescending } = parseSort(search.sort ?? 'number')
  const pages = useInfiniteQuery({
    queryKey: ['numbers', isDescending],
    queryFn: async ({ pageParam: from }) => {
      const numbers = Array.from({ length: PER_PAGE }, (_, index) => from + index + 1)
      return isDescending ? numbers.map((number) => 10 - number) : numbers
    },
    initialPageParam: 0,
    getNextPageParam: (_, loaded) => (loaded.length < 3 ? loaded.length * PER_PAGE : undefined),
  })
  return (
    <List
      name="numbers"
      words={WORDS}
      columns={COLUMNS}
      rowId={String}
      source={pagesOf(pages, (numbers) => numbers)}
      paging={paging}
      search={search}
      setSearch={setSearch}
      selection="multi"
      count={{ number: 9, isAbout: true }}
      actions={(selected) => [{ id: 'add', text: `Add ${selected.join(' and ')}`, onAction: () => {} }]}
      look={(id) => ({ header: `Number ${id}`, content: null })}
    />
  )
}

const validate = (raw: RawSearch): ListSearch => listSearch(raw, ['number'])

const open = (path: string, paging: 'numbered' | 'endless' = 'numbered') =>
  renderPage(({ search, setSearch }) => <Numbers paging={paging} search={validate(search)} setSearch={setSearch} />, {
    path,
  })

test.each([
  [{}, {}],
  [
    { page: '2', look: 'a', sort: '-number' },
    { page: 2, look: ['a'], sort: '-number' },
  ],
  [{ page: '1', look: '', sort: 'square' }, {}],
])('of the address %o a list takes %o', (raw, taken) => {
  const search: ListSearch = listSearch(raw, ['number'])
  expect(search).toStrictEqual(taken)
})

const names = () => screen.getAllByRole('rowheader').map(({ textContent }) => textContent)

test('it is sorted where the source sorts, and the address says how', async () => {
  const { history } = await open('/?page=2')
  await waitFor(() => expect(names()).toEqual(['4', '5', '6']))
  const [byNumber] = screen.getAllByRole('button', { name: /^Number/ })
  if (byNumber) fireEvent.click(byNumber)
  await waitFor(() => expect(history.location.search).toBe('?sort=number'))
  if (byNumber) fireEvent.click(byNumber)
  await waitFor(() => expect(history.location.search).toBe('?sort=-number'))
  await waitFor(() => expect(names()).toEqual(['9', '8', '7']))
  const sortOf = (name: RegExp) => screen.getAllByRole('columnheader', { name })[0]?.getAttribute('aria-sort')
  expect([sortOf(/^Number/), sortOf(/^Square/)]).toEqual(['descending', null])
})

test('what is selected on other pages stays selected', async () => {
  const { history } = await open('/?look=1&page=2')
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Select 5' }))
  await waitFor(() => expect(history.location.search).toBe('?look=1&look=5&page=2'))
  expect(await screen.findByRole('button', { name: 'Add 1 and 5' })).toBeTruthy()
  expect(await screen.findByText('(about 9)')).toBeTruthy()
})

test('an endless list shows more below', async () => {
  await open('/', 'endless')
  await waitFor(() => expect(names()).toEqual(['1', '2', '3']))
  fireEvent.click(screen.getByRole('button', { name: 'Show more numbers' }))
  await waitFor(() => expect(names()).toEqual(['1', '2', '3', '4', '5', '6']))
  fireEvent.click(screen.getByRole('button', { name: 'Show more numbers' }))
  await waitFor(() => expect(names()).toHaveLength(9))
  expect(screen.queryByRole('button', { name: 'Show more numbers' })).toBeNull()
})

test('a list that was read long ago says so until it is read anew; a page more makes it no newer', async () => {
  function ReadBefore({ search, setSearch }: SearchProps<ListSearch>) {
    const pages = useInfiniteQuery({
      queryKey: ['read before'],
      queryFn: async ({ pageParam: from }) => [from + 1],
      initialPageParam: 0,
      getNextPageParam: (_, loaded) => loaded.length,
      initialData: { pages: [[1]], pageParams: [0] },
      initialDataUpdatedAt: Date.now() - 5 * 60_000,
      staleTime: Number.POSITIVE_INFINITY,
    })
    return (
      <List
        name="numbers"
        words={WORDS}
        columns={COLUMNS}
        rowId={String}
        source={pagesOf(pages, (numbers) => numbers)}
        paging="endless"
        search={search}
        setSearch={setSearch}
      />
    )
  }
  await renderPage(({ search, setSearch }) => <ReadBefore search={validate(search)} setSearch={setSearch} />)
  expect(screen.getByText('5 min ago')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Show more numbers' }))
  await waitFor(() => expect(names()).toEqual(['1', '2']))
  expect(screen.getByText('5 min ago')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Refresh numbers' }))
  await waitFor(() => expect(screen.queryByText('5 min ago')).toBeNull())
})

test('of another filter, more pages that were read before are as old as they are', () => {
  const readBefore = (minutes: number, pages: number) => ({
    answeredAtMs: Date.now() - minutes * 60_000,
    pages: Array.from({ length: pages }, () => [1]),
  })
  const { rerender } = render(<ReadAgo source={readBefore(2, 1)} />)
  expect(screen.getByText('2 min ago')).toBeTruthy()
  rerender(<ReadAgo source={readBefore(4, 3)} />)
  expect(screen.getByText('4 min ago')).toBeTruthy()
})
