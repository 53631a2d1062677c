import Link from '@cloudscape-design/components/link'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { type CertificatesOverview, EXPIRES_WITHIN_DAYS, type WatchedCertificate } from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import type { ListWords } from '../../shared/list/list-props.ts'
import { wholeOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { VisibleText } from '../../shared/text/visible.tsx'
import { formatDateTime, formatSpan, useNow } from '../../shared/time.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'
import { certificatesQuery } from './api.ts'
import { type CertificatesSearch, WHYS, type Why } from './search.ts'

const WHY_WORDS: Readonly<Record<Why, string>> = {
  expired: 'Expired',
  expiring: `Expires within ${EXPIRES_WITHIN_DAYS} days`,
  onNothing: 'On no thing',
}

interface Row extends WatchedCertificate {
  readonly whys: readonly Why[]
}

/** Each certificate once, with all that is the matter with it. */
function rowsOf(found: CertificatesOverview, wanted: Why | undefined): readonly Row[] {
  const rows = new Map<string, Row>()
  for (const why of WHYS) {
    for (const certificate of found[why]) {
      const whys = [...(rows.get(certificate.certificateId)?.whys ?? []), why]
      rows.set(certificate.certificateId, { ...certificate, whys })
    }
  }
  return [...rows.values()].filter(({ whys }) => wanted === undefined || whys.includes(wanted))
}

const COLUMNS: readonly ListColumn<Row>[] = [
  {
    id: 'certificate',
    header: 'Certificate',
    isRowHeader: true,
    width: 260,
    cell: ({ certificateId }) => (
      <Copyable what="the certificate id" text={certificateId} shown={`${certificateId.slice(0, 16)}…`} />
    ),
  },
  {
    id: 'why',
    header: 'Why',
    width: 220,
    cell: ({ whys }) =>
      whys.map((why) => (
        <div key={why}>
          <StatusIndicator type={why === 'expired' ? 'error' : 'warning'}>{WHY_WORDS[why]}</StatusIndicator>
        </div>
      )),
  },
  {
    id: 'ends',
    header: 'Expires',
    width: 220,
    cell: ({ notAfter }) => (notAfter === undefined ? 'Not known' : <Ends atMs={Date.parse(notAfter)} />),
    compare: (one, other) => (one.notAfter ?? '').localeCompare(other.notAfter ?? ''),
  },
  {
    id: 'things',
    header: 'Things',
    minWidth: 200,
    cell: ({ things = [] }) =>
      things.length === 0
        ? 'None'
        : things.slice(0, 5).map((thingName, index) => (
            <span key={thingName}>
              {index > 0 && ', '}
              <Link href={paths.thing(thingName)}>
                <VisibleText text={thingName} />
              </Link>
            </span>
          )),
  },
  { id: 'status', header: 'Status', width: 100, isHiddenAtFirst: true, cell: ({ status }) => status },
]

function Ends({ atMs }: { readonly atMs: number }) {
  const nowMs = useNow(60_000)
  const words = atMs < nowMs ? `${formatSpan(nowMs - atMs)} ago` : `in ${formatSpan(atMs - nowMs)}`
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatDateTime(atMs)}>
      {words} <span className="td-weak">{formatDateTime(atMs).slice(0, 10)}</span>
    </time>
  )
}

/** The certificates behind the numbers of the overview. */
export function CertificatesPage({ search, setSearch }: SearchProps<CertificatesSearch>) {
  const query = useQuery(certificatesQuery)
  const { data } = query
  const rows = data ? rowsOf(data, search.why) : []
  return (
    <ListPage
      name="watched-certificates"
      breadcrumbs={[
        { text: 'Overview', href: paths.overview() },
        { text: 'Certificates to look at', href: paths.watchedCertificates() },
      ]}
      words={wordsOf(data)}
      columns={COLUMNS}
      rowId={({ certificateId }) => certificateId}
      source={wholeOf(query, rows)}
      paging="endless"
      search={search}
      setSearch={setSearch}
      aside={
        <SegmentedControl
          label="Why"
          selectedId={search.why ?? 'all'}
          options={[{ id: 'all', text: 'All' }, ...WHYS.map((id) => ({ id, text: WHY_WORDS[id] }))]}
          onChange={({ detail }) => setSearch({ why: WHYS.find((why) => why === detail.selectedId) })}
        />
      }
    />
  )
}

function wordsOf(data: CertificatesOverview | undefined): ListWords {
  const about = 'Active certificates that have expired or soon will, and those that are attached to no thing.'
  const seen = data && seenWords(data)
  return {
    title: 'Certificates to look at',
    one: 'certificate',
    many: 'certificates',
    description: seen === undefined ? about : `${about} ${seen}`,
    empty: { title: 'Nothing to look at', text: seen ?? 'Every active certificate lasts, and is on a thing.' },
  }
}

/** How far that is known. */
function seenWords({ outcome, message = '', looked, listed, isOver, isAll }: CertificatesOverview): string {
  if (outcome !== 'read') {
    return `The console's server may not look: it needs iot:ListCertificates, iot:DescribeCertificate and iot:ListPrincipalThings. ${message}`
  }
  if (!isOver) return `${formatCount(looked)} of ${formatCount(listed)} were looked at so far.`
  return isAll
    ? listed === 1
      ? 'The only active one was looked at.'
      : `All ${formatCount(listed)} active ones were looked at.`
    : `The first ${formatCount(listed)} active ones were looked at; the account has more.`
}
