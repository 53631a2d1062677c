import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { ActionButtons } from '../../shared/action/action-buttons.tsx'
import type { Parts } from '../../shared/feature/parts.ts'
import { formatCount } from '../../shared/format.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { visibleText } from '../../shared/text/visible-text.ts'
import { retainedPagesQuery } from './api.ts'
import type { TopicToClear } from './clearing.ts'
import { COLUMNS } from './columns.tsx'
import { ClearDialog } from './components/clear-dialog.tsx'
import { RetainedLook } from './components/retained-look.tsx'
import { RETAINED_FILTER } from './filter.ts'
import type { RetainedFilter, RetainedSearch } from './search.ts'

const WORDS: ListWords = {
  title: 'Retained messages',
  one: 'retained message',
  many: 'retained messages',
  description:
    'The last message of each topic that was published to be kept: who subscribes to exactly that topic gets it.',
  partSearched: 'AWS cannot search what it retains, so it is looked through part by part. The rest was not, so far.',
  empty: {
    title: 'Nothing is retained',
    text: 'A message that is published with the retain flag stays here until it is replaced, cleared, or expires.',
    action: { id: 'publish', text: 'Publish a message', needs: 'operator', href: paths.live({ publish: '1' }) },
  },
}

interface PageProps extends SearchProps<RetainedSearch>, Pick<Parts, 'MessageView'> {}

/** What the broker retains: AWS sends none of it for a filter with wildcards, so nowhere else is it seen. */
export function RetainedMessagesPage({ search, setSearch, MessageView }: PageProps) {
  const { page: _, look: __, sort: ___, ...filter } = search
  const pageSize = useListPageSize('retained-messages', 50)
  const pages = useInfiniteQuery(retainedPagesQuery(filter, pageSize))
  const [toClear, setToClear] = useState<readonly TopicToClear[] | RetainedFilter>()
  const seen = useMemo(
    () =>
      new Map(
        pages.data?.pages.flatMap(({ retainedTopics }) =>
          retainedTopics.map(({ topic, lastModified }) => [topic, lastModified] as const),
        ),
      ),
    [pages.data],
  )
  const clear = (topics: readonly string[]): Action => ({
    id: 'clear',
    text: topics.length > 1 ? `Clear (${formatCount(topics.length)})` : 'Clear',
    needs: 'operator',
    whyNot: topics.length === 0 ? 'Select the topics on which nothing is to be retained.' : undefined,
    onAction: () => setToClear(topics.map((topic) => ({ topic, lastModified: seen.get(topic) }))),
  })
  const clearFound: Action = {
    id: 'clear-found',
    text: 'Clear all found',
    needs: 'operator',
    whyNot: RETAINED_FILTER.isSet(filter) ? undefined : 'Filter first: all that the filter finds is cleared.',
    onAction: () => setToClear(filter),
  }
  return (
    <>
      <ListPage
        name="retained-messages"
        breadcrumbs={[{ text: 'Retained messages', href: paths.retainedMessages() }]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ topic }) => topic}
        source={pagesOf(pages, ({ retainedTopics }) => retainedTopics)}
        paging="numbered"
        pageSizes={[50, 100, 200]}
        pageSize={pageSize}
        search={search}
        setSearch={setSearch}
        filter={{ by: RETAINED_FILTER, placeholder: 'Part of a topic, or its beginning' }}
        selection="multi"
        actions={(selected) => [clear(selected), clearFound]}
        rowActions={({ topic }) => [receive(topic), rulesOf(topic), clear([topic])]}
        look={(topic) => ({
          header: visibleText(topic),
          content: (
            <RetainedLook key={topic} topic={topic} MessageView={MessageView}>
              <ActionButtons actions={[rulesOf(topic), clear([topic])]} />
            </RetainedLook>
          ),
        })}
      />
      {toClear !== undefined && (
        <ClearDialog
          what={toClear}
          onClose={(isTried) => {
            setToClear(undefined)
            if (isTried) setSearch({ look: undefined }, { replace: true })
          }}
        />
      )}
    </>
  )
}

const receive = (topic: string): Action => ({
  id: 'receive',
  text: 'Receive on the Live page',
  href: paths.live({ s: [`1:${topic}`] }),
})

const rulesOf = (topic: string): Action => ({
  id: 'rules',
  text: 'Which rules act on it',
  href: paths.rules({ topic }),
})
