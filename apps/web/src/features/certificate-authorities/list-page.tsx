import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { CertificateAuthority, CertificateAuthorityRow } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import { shortCertificateId } from '../../shared/certificate/certificate-id.ts'
import { CertificateStatus, CertificateValidity } from '../../shared/certificate/certificate-state.tsx'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import type { ListSearch } from '../../shared/list/list-search.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { Age } from '../../shared/time.tsx'
import { authorityPagesQuery, authorityQuery } from './api.ts'
import { authorityPaths } from './authority-paths.ts'

/** AWS lists ids and states; the rest is read when the row is shown: an account has few CAs. */
const COLUMNS: readonly ListColumn<CertificateAuthorityRow>[] = [
  {
    id: 'id',
    header: 'CA certificate',
    isRowHeader: true,
    isFixed: true,
    width: 190,
    cell: ({ certificateId }) => (
      <Link href={paths.certificateAuthority(certificateId)}>
        <span className="td-mono">{shortCertificateId(certificateId)}</span>
      </Link>
    ),
  },
  { id: 'status', header: 'Status', width: 120, cell: ({ status }) => <CertificateStatus status={status} /> },
  {
    id: 'validity',
    header: 'Expires',
    width: 190,
    cell: ({ certificateId }) => (
      <Read certificateId={certificateId}>
        {({ notBefore, notAfter }) => <CertificateValidity notBefore={notBefore} notAfter={notAfter} />}
      </Read>
    ),
  },
  {
    id: 'mode',
    header: 'Mode',
    width: 130,
    cell: ({ certificateId }) => <Read certificateId={certificateId}>{({ mode }) => mode}</Read>,
  },
  {
    id: 'automatic',
    header: 'Registers by itself',
    width: 180,
    cell: ({ certificateId }) => (
      <Read certificateId={certificateId}>{({ autoRegistration }) => (autoRegistration ? 'yes' : 'no')}</Read>
    ),
  },
  {
    id: 'certificates',
    header: 'Certificates',
    minWidth: 160,
    cell: ({ certificateId }) => (
      <Link href={paths.certificates({ ca: certificateId })}>Show certificates that it signed</Link>
    ),
  },
  {
    id: 'created',
    header: 'Registered',
    width: 130,
    cell: ({ createdAt }) => (createdAt === undefined ? '–' : <Age atMs={Date.parse(createdAt)} />),
  },
]

const WORDS: ListWords = {
  title: 'CA certificates',
  one: 'CA certificate',
  many: 'CA certificates',
  description: 'Certificate authorities of your own, whose certificates devices may bear.',
  empty: {
    title: 'No CA certificates yet',
    text: 'Register a CA of your own where device certificates come from your factory. Devices with certificates that AWS IoT made need none.',
  },
}

export function CertificateAuthoritiesPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pageSize = useListPageSize('certificate-authorities', 25)
  const pages = useInfiniteQuery(authorityPagesQuery(pageSize))
  return (
    <ListPage
      name="certificate-authorities"
      breadcrumbs={[{ text: 'CA certificates', href: paths.certificateAuthorities() }]}
      words={WORDS}
      columns={COLUMNS}
      rowId={({ certificateId }) => certificateId}
      source={pagesOf(pages, ({ authorities }) => authorities)}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[10, 25, 50, 100]}
      search={search}
      setSearch={setSearch}
      actions={() => [
        { id: 'transfers', text: 'Transfers', href: paths.certificateTransfers() },
        {
          id: 'register',
          text: 'Register CA certificate',
          needs: 'admin',
          isPrimary: true,
          href: authorityPaths.register(),
        },
      ]}
    />
  )
}

interface ReadProps {
  readonly certificateId: string
  readonly children: (authority: CertificateAuthority) => ReactNode
}

/** A cell of what has to be read of each. */
function Read({ certificateId, children }: ReadProps) {
  const { data, error } = useQuery(authorityQuery(certificateId))
  if (error) return 'Not read'
  return data ? children(data) : '…'
}
