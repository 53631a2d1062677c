import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListProps, ListWords } from '../../../shared/list/list-props.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { formatDateTime, formatTimeOfDay } from '../../../shared/time.tsx'
import { KIND_WORDS, type Moment } from '../model/moment.ts'
import { momentLink } from '../moment-link.ts'
import type { TimelineSearch } from '../search.ts'
import { MomentDetails } from './moment-details.tsx'

interface MomentListProps extends Pick<ListProps<Moment, TimelineSearch>, 'search' | 'setSearch' | 'onRefresh'> {
  readonly thingName: string
  /** Newest first. */
  readonly moments: readonly Moment[]
  /** All that is known, of which the list shows a part: what a link looks at may be elsewhere. */
  readonly find: (id: string) => Moment | undefined
  readonly isPending: boolean
  readonly isFetching: boolean
  readonly error: Error | null
  /** There may be older ones in this time, which were not read. */
  readonly readOn: (() => void) | undefined
  readonly fresh: { readonly count: number; readonly onShow: () => void }
  readonly emptyWords: ListWords['empty']
}

/** Of a page of the list. */
export const PAGE_MOMENTS = 25

const columnsOf = (thingName: string, search: TimelineSearch | undefined): readonly ListColumn<Moment>[] => [
  {
    id: 'time',
    isFixed: true,
    header: 'When',
    width: 185,
    minWidth: 130,
    cell: ({ atMs, untilMs }) => (
      <time
        dateTime={new Date(atMs).toISOString()}
        title={
          untilMs === undefined ? formatDateTime(atMs) : `${formatDateTime(atMs)} until ${formatDateTime(untilMs)}`
        }
        className="td-mono"
      >
        {formatDateTime(atMs).slice(5, 10)} {formatTimeOfDay(atMs)}
        {untilMs !== undefined && ` – ${formatTimeOfDay(untilMs).slice(0, 8)}`}
      </time>
    ),
  },
  {
    id: 'what',
    isFixed: true,
    isRowHeader: true,
    header: 'What',
    width: 370,
    minWidth: 180,
    cell: (moment) => (
      <StatusIndicator type={moment.tone}>
        <Link href={momentLink(thingName, moment, search)}>{visible(moment.title)}</Link>
        {moment.times > 1 && moment.kind !== 'conflict' && `, ${moment.times} times`}
      </StatusIndicator>
    ),
  },
  {
    id: 'why',
    header: 'Why, how',
    minWidth: 180,
    cell: ({ why }) =>
      why === undefined ? (
        '–'
      ) : (
        <span className="td-two-lines" title={visibleText(why)}>
          {visible(why)}
        </span>
      ),
  },
  { id: 'kind', header: 'Kind', width: 125, minWidth: 90, cell: ({ kind }) => KIND_WORDS[kind].title },
  {
    id: 'source',
    header: 'Known from',
    width: 130,
    minWidth: 100,
    isHiddenAtFirst: true,
    cell: (moment) => sourcesOf(moment).join(', '),
  },
]

function sourcesOf({ log, activity }: Moment): readonly string[] {
  const heard = log.some(({ isHeard }) => isHeard)
  const logged = log.some(({ isHeard }) => !isHeard)
  const sources = [logged && 'log', heard && 'lifecycle event', activity.length > 0 && 'activity trail']
  const named = sources.filter((source) => typeof source === 'string')
  return named.length === 0 ? ['certificate'] : named
}

/** The moments that the axis shows, newest first: the same for those who do not see the axis. */
export function MomentList(props: MomentListProps) {
  const { thingName, moments, find, fresh, emptyWords, readOn, isPending, isFetching, error, search, setSearch } = props
  const pages = Array.from({ length: Math.max(1, Math.ceil(moments.length / PAGE_MOMENTS)) }, (_, index) =>
    moments.slice(index * PAGE_MOMENTS, (index + 1) * PAGE_MOMENTS),
  )
  return (
    <List<Moment, TimelineSearch>
      name="thing-timeline"
      variant="container"
      words={{
        title: 'Moments',
        label: `Moments of ${thingName}`,
        one: 'moment',
        many: 'moments',
        description: 'What the axis above shows, newest first.',
        empty: emptyWords,
      }}
      columns={columnsOf(thingName, search)}
      rowId={({ id }) => id}
      selectLabel={({ title }) => `Select ${title}`}
      source={{
        pages: isPending || (error && moments.length === 0) ? [] : pages,
        isPending,
        isFetching,
        isRefreshing: false,
        isFetchingNextPage: isFetching,
        error,
        hasNextPage: false,
        fetchNextPage: () => readOn?.(),
        refresh: () => props.onRefresh?.(),
      }}
      paging="numbered"
      count={{ number: moments.length, isAbout: readOn !== undefined }}
      {...(search && { search })}
      {...(setSearch && { setSearch })}
      selection="single"
      {...(props.onRefresh && { onRefresh: props.onRefresh })}
      aside={
        <span aria-live="polite">
          {fresh.count > 0 && (
            <Button iconName="angle-up" onClick={fresh.onShow}>
              Show {fresh.count} new {fresh.count === 1 ? 'moment' : 'moments'}
            </Button>
          )}
        </span>
      }
      look={(id, row) => {
        const moment = row ?? find(id)
        return {
          header: moment?.title ?? 'A moment',
          content: <MomentDetails thingName={thingName} moment={moment} isReading={isFetching} />,
        }
      }}
    />
  )
}
