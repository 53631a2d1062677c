import SegmentedControl from '@cloudscape-design/components/segmented-control'
import Select from '@cloudscape-design/components/select'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { CERTIFICATE_WHYS, type CertificateRow, EXPIRES_WITHIN_DAYS, type FoundCertificates } from '@thingdeck/contract'
import { certificateIdParam, shortCertificateId } from '../../shared/certificate/certificate-id.ts'
import { formatCount, formatCounted } from '../../shared/format.ts'
import { isNotFound } from '../../shared/http.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import { type ListSource, pagesOf, wholeOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { certificateDetailQuery, certificatePagesQuery, foundCertificatesQuery } from './api.ts'
import { COLUMNS } from './columns.tsx'
import { CertificateSidePanel } from './components/certificate-look.tsx'
import { ExpiryCalendar } from './components/expiry-calendar.tsx'
import { CERTIFICATES_FILTER, type CertificatesSearch } from './search.ts'
import { useCertificateActions } from './use-certificate-actions.tsx'
import { WHY_WORDS } from './why-words.ts'

const WORDS: ListWords = {
  title: 'Certificates',
  one: 'certificate',
  many: 'certificates',
  description: 'By which devices prove who they are: until when, for which things, and by which policies.',
  empty: {
    title: 'No certificates yet',
    text: 'A device connects with a certificate and its private key. Make one here: the key need not leave your browser.',
  },
}

/** The certificates of the account. */
export function CertificatesPage({ search, setSearch }: SearchProps<CertificatesSearch>) {
  const pageSize = useListPageSize('certificates', 25)
  const { why, month, id, view } = search
  const isFound = why !== undefined || month !== undefined
  const pages = useInfiniteQuery({ ...certificatePagesQuery(search, pageSize), enabled: !isFound && id === undefined })
  const found = useQuery(foundCertificatesQuery(search))
  const one = useQuery({ ...certificateDetailQuery(id ?? ''), enabled: certificateIdParam(id) !== undefined })
  const { actionsFor, dialog } = useCertificateActions()
  return (
    <>
      <ListPage
        name="certificates"
        breadcrumbs={[{ text: 'Certificates', href: paths.certificates() }]}
        words={isFound ? { ...WORDS, description: foundWords(search, found.data) } : WORDS}
        columns={COLUMNS}
        rowId={({ certificateId }) => certificateId}
        source={source()}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50, 100, 250]}
        search={search}
        setSearch={setSearch}
        filter={{
          by: CERTIFICATES_FILTER,
          placeholder: 'Status, CA, or the whole id of a certificate',
          beside: (
            <Select
              ariaLabel="What to look at"
              selectedOption={whyOption(why, found.data)}
              options={[undefined, ...CERTIFICATE_WHYS].map((each) => whyOption(each, found.data))}
              onChange={({ detail }) =>
                setSearch({
                  why: CERTIFICATE_WHYS.find((each) => each === detail.selectedOption.value),
                  page: undefined,
                })
              }
            />
          ),
        }}
        noMatch={noMatchWords(search, found.data)}
        notice={view === 'calendar' && found.data && <ExpiryCalendar months={found.data.months} chosen={month} />}
        selection="single"
        views="certificates"
        selectLabel={({ certificateId }) => `Select the certificate ${shortCertificateId(certificateId)}`}
        aside={
          <SegmentedControl
            label="Show"
            selectedId={view ?? 'list'}
            options={[
              { id: 'list', text: 'List' },
              { id: 'calendar', text: 'Expiry calendar' },
            ]}
            onChange={({ detail }) =>
              setSearch(detail.selectedId === 'calendar' ? { view: 'calendar' } : { view: undefined, month: undefined })
            }
          />
        }
        actions={() => [
          {
            id: 'create',
            text: 'Create certificate',
            needs: 'admin',
            isPrimary: true,
            href: paths.createCertificate(),
          },
        ]}
        rowActions={({ certificateId, status }) => actionsFor(certificateId, status)}
        look={(certificateId) => ({
          header: `Certificate ${shortCertificateId(certificateId)}`,
          content: <CertificateSidePanel certificateId={certificateId} />,
        })}
      />
      {dialog}
    </>
  )

  function source(): ListSource<CertificateRow> {
    if (id !== undefined) {
      const isNone = certificateIdParam(id) === undefined || isNotFound(one.error)
      return {
        ...wholeOf(one, one.data ? [one.data] : []),
        ...(isNone && { isPending: false, pages: [[]], error: null }),
      }
    }
    if (!isFound) return pagesOf(pages, ({ certificates }) => certificates)
    const rows = (found.data?.certificates ?? []).filter(
      ({ status, look }) =>
        (search.status === undefined || status === search.status) &&
        (search.ca === undefined || look?.caCertificateId === search.ca),
    )
    return { ...wholeOf(found, rows), pages: found.data ? pagesBy(rows, pageSize) : [] }
  }
}

/** What came whole, in pages of this size. */
function pagesBy<Row>(rows: readonly Row[], size: number): readonly (readonly Row[])[] {
  const count = Math.max(1, Math.ceil(rows.length / size))
  return Array.from({ length: count }, (_, index) => rows.slice(index * size, (index + 1) * size))
}

function whyOption(why: CertificatesSearch['why'], found: FoundCertificates | undefined) {
  if (why === undefined) return { value: 'all', label: 'All certificates' }
  const count = found?.counts.find((each) => each.why === why)?.count
  const { title, meaning } = WHY_WORDS[why]
  return { value: why, label: count === undefined ? title : `${title} (${formatCount(count)})`, description: meaning }
}

/** What is listed, and how far that is known. */
function foundWords({ why, month }: CertificatesSearch, found: FoundCertificates | undefined): string {
  const what = why === undefined ? '' : `${WHY_WORDS[why].meaning} `
  const when = month === undefined ? '' : `Active, and over in ${month}. `
  return `${what}${when}${found ? seenWords(found) : ''}`
}

function seenWords({ outcome, message = '', looked, listed, isOver, isAll, leftOut }: FoundCertificates): string {
  if (outcome !== 'read') {
    return `The console's server may not look: it needs iot:ListCertificates, iot:DescribeCertificate, iot:ListPrincipalThingsV2 and iot:ListAttachedPolicies. ${message}`
  }
  const more = leftOut > 0 ? ` ${formatCount(leftOut)} more are not shown.` : ''
  if (!isOver) return `${formatCount(looked)} of ${formatCounted(listed, 'active one')} were looked at so far.${more}`
  if (!isAll) return `The first ${formatCount(listed)} active ones were looked at; the account has more.${more}`
  return listed === 1
    ? `The only active one was looked at.${more}`
    : `All ${formatCount(listed)} active ones were looked at.${more}`
}

function noMatchWords({ id, why }: CertificatesSearch, found: FoundCertificates | undefined): string | undefined {
  if (id !== undefined) {
    return certificateIdParam(id) === undefined
      ? 'AWS finds a certificate by its whole id, 64 hexadecimal digits.'
      : 'The account has no certificate of this id.'
  }
  if (why === undefined || !found) return undefined
  if (!found.isOver) return 'None so far.'
  return why === 'expiring' ? `None expires within ${EXPIRES_WITHIN_DAYS} days.` : 'None.'
}
