import Alert from '@cloudscape-design/components/alert'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { OutgoingCertificate } from '@thingdeck/contract'
import { useState } from 'react'
import { CertificateLink } from '../../shared/certificate/certificate-link.tsx'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import type { ListSearch } from '../../shared/list/list-search.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { outgoingPagesQuery, TRANSFERS } from './api.ts'
import { CancelTransfer } from './components/cancel-transfer.tsx'
import { OfferCertificate } from './components/offer-certificate.tsx'
import { TakeCertificate } from './components/take-certificate.tsx'

const COLUMNS: readonly ListColumn<OutgoingCertificate>[] = [
  {
    id: 'id',
    header: 'Certificate',
    isRowHeader: true,
    isFixed: true,
    width: 190,
    cell: ({ certificateId }) => <CertificateLink certificateId={certificateId} />,
  },
  { id: 'to', header: 'Offered to account', width: 190, cell: ({ transferredTo }) => transferredTo ?? '–' },
  {
    id: 'at',
    header: 'Since',
    width: 130,
    cell: ({ transferredAt }) => (transferredAt === undefined ? '–' : <Age atMs={Date.parse(transferredAt)} />),
  },
  { id: 'message', header: 'Message', minWidth: 200, cell: ({ message }) => visible(message ?? '–') },
]

const WORDS: ListWords = {
  title: 'Certificate transfers',
  one: 'certificate',
  many: 'certificates',
  description: 'Certificates that were offered to other accounts, and not taken or sent back yet.',
  empty: {
    title: 'Nothing is offered',
    text: 'A certificate goes to another account when it is INACTIVE, of no thing and without policies. Who offers it waits until the other account takes it.',
  },
}

type Asked = { readonly kind: 'offer' } | { readonly kind: 'take' } | { readonly kind: 'cancel'; readonly id: string }

export function CertificateTransfersPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pageSize = useListPageSize('certificate-transfers', 25)
  const pages = useInfiniteQuery(outgoingPagesQuery(pageSize))
  const client = useQueryClient()
  const [asked, setAsked] = useState<Asked>()
  const onClose = () => {
    setAsked(undefined)
    void client.invalidateQueries({ queryKey: TRANSFERS })
  }
  return (
    <>
      <ListPage
        name="certificate-transfers"
        breadcrumbs={[
          { text: 'CA certificates', href: paths.certificateAuthorities() },
          { text: 'Transfers', href: paths.certificateTransfers() },
        ]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ certificateId }) => certificateId}
        source={pagesOf(pages, ({ certificates }) => certificates)}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50, 100, 250]}
        search={search}
        setSearch={setSearch}
        notice={
          <Alert type="info">
            AWS IoT lists what this account offers, and not what is offered to it: whoever offers a certificate tells
            you its id.
          </Alert>
        }
        actions={() => [
          {
            id: 'take',
            text: 'Accept or reject a certificate',
            needs: 'admin',
            onAction: () => setAsked({ kind: 'take' }),
          },
          {
            id: 'offer',
            text: 'Offer certificate',
            needs: 'admin',
            isPrimary: true,
            onAction: () => setAsked({ kind: 'offer' }),
          },
        ]}
        rowActions={({ certificateId: id }) => [
          { id: 'cancel', text: 'Take back', needs: 'admin', onAction: () => setAsked({ kind: 'cancel', id }) },
        ]}
      />
      {asked?.kind === 'offer' && <OfferCertificate onClose={onClose} />}
      {asked?.kind === 'take' && <TakeCertificate onClose={onClose} />}
      {asked?.kind === 'cancel' && <CancelTransfer certificateId={asked.id} onClose={onClose} />}
    </>
  )
}
