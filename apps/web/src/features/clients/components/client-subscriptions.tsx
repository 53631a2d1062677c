import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Client, ClientSubscriptionPage, ClientTraffic } from '@thingdeck/contract'
import { matchedFilter, matches } from '@thingdeck/topics'
import { formatCount } from '../../../shared/format.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { clientSubscriptionsQuery, clientTrafficQuery } from '../api.ts'
import { whyNotLogged } from '../logged.ts'

type Subscription = ClientSubscriptionPage['subscriptions'][number]

const PAGE_SIZE = 50
/** So many are watched at once. */
const MOST_WATCHED = 8

interface ClientSubscriptionsProps {
  readonly client: Client
  readonly anchorMs: number
}

/** What a client is subscribed to now, and what reached it by each, as far as the log tells. */
export function ClientSubscriptions({ client, anchorMs }: ClientSubscriptionsProps) {
  const { clientId, logging } = client
  const pages = useInfiniteQuery(clientSubscriptionsQuery(clientId, PAGE_SIZE))
  const { data: traffic } = useQuery(clientTrafficQuery(clientId, anchorMs, undefined))
  const filters = (pages.data?.pages ?? []).flatMap(({ subscriptions }) =>
    subscriptions.map(({ topicFilter }) => topicFilter),
  )
  return (
    <List<Subscription>
      name="client-subscriptions"
      variant="container"
      words={wordsFor(pages.data?.pages[0])}
      columns={columnsFor(traffic, traffic && whyNotLogged(logging, traffic.log))}
      rowId={({ topicFilter }) => topicFilter}
      source={pagesOf(pages, ({ subscriptions }) => subscriptions)}
      paging="endless"
      actions={() => [
        {
          id: 'watch',
          text: 'Watch them live',
          whyNot: filters.length === 0 ? 'There is nothing to watch.' : undefined,
          href: paths.live({ s: filters.slice(0, MOST_WATCHED).map((filter) => `0:${filter}`) }),
        },
      ]}
    />
  )
}

const columnsFor = (
  traffic: ClientTraffic | undefined,
  whyNot: string | undefined,
): readonly ListColumn<Subscription>[] => [
  {
    id: 'filter',
    header: 'Topic filter',
    isRowHeader: true,
    minWidth: 260,
    cell: ({ topicFilter }) => (
      <Link href={paths.live({ s: [`0:${topicFilter}`] })} ariaLabel={`Watch ${visibleText(topicFilter)}`}>
        <NameText text={topicFilter} />
      </Link>
    ),
  },
  { id: 'qos', header: 'QoS', width: 90, cell: ({ qos }) => qos },
  {
    id: 'delivered',
    header: 'Reached it in 15 minutes',
    width: 200,
    cell: ({ topicFilter }) => {
      if (traffic === undefined) return '…'
      const delivered = deliveredBy(topicFilter, traffic)
      if (delivered === 0 && whyNot !== undefined) return <span title={whyNot}>not known</span>
      return `${traffic.topicsLeftOut === undefined && traffic.log.readFrom === undefined ? '' : 'at least '}${formatCount(delivered)}`
    },
  },
]

/** Messages that went to it on topics of a filter; by which of several subscriptions each went, the log does not say. */
function deliveredBy(filter: string, { topics }: ClientTraffic): number {
  const topicFilter = matchedFilter(filter)
  return topics.reduce((sum, { topic, delivered }) => sum + (matches(topicFilter, topic) ? delivered : 0), 0)
}

function wordsFor(page: ClientSubscriptionPage | undefined): ListWords {
  return {
    title: 'Subscriptions',
    one: 'subscription',
    many: 'subscriptions',
    description: 'What it is subscribed to now, as the broker has it.',
    empty: emptyWords(page),
  }
}

function emptyWords(page: ClientSubscriptionPage | undefined): ListWords['empty'] {
  switch (page?.outcome) {
    case 'no-session':
      return { title: 'No session', text: 'The client is not connected, and no persistent session waits for it.' }
    case 'not-allowed':
      return { title: 'Not known', text: `The console’s role needs iot:ListSubscriptions. ${page.message ?? ''}` }
    case 'not-served':
      return { title: 'Not known', text: `This AWS endpoint does not serve ListSubscriptions. ${page.message ?? ''}` }
    default:
      return { title: 'Subscribed to nothing', text: 'It gets no messages but those that are sent to it directly.' }
  }
}
