import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { CertificateLook, CertificateRow } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import { CertificateLink } from '../../shared/certificate/certificate-link.tsx'
import { CertificateStatus, CertificateValidity } from '../../shared/certificate/certificate-state.tsx'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { Age } from '../../shared/time.tsx'
import { PolicyNames, ThingNames } from './components/attached-names.tsx'
import { CertificateIssuer } from './components/certificate-issuer.tsx'
import { LastConnection } from './components/last-connection.tsx'
import { WHY_WORDS } from './why-words.ts'

/** What is known once it was looked at; that it is not yet, or why not, the row says once. */
function looked(show: (look: CertificateLook) => ReactNode, isFirst = false) {
  return function LookedAt({ look, unread }: CertificateRow) {
    if (look) return show(look)
    if (unread === undefined) return isFirst ? <StatusIndicator type="loading">Reading</StatusIndicator> : '…'
    return isFirst ? <StatusIndicator type="warning">{unread}</StatusIndicator> : 'Not read'
  }
}

const byText = (textOf: (row: CertificateRow) => string | undefined) => (one: CertificateRow, other: CertificateRow) =>
  (textOf(one) ?? '').localeCompare(textOf(other) ?? '')

function Whys({ look: { whys } }: { readonly look: CertificateLook }) {
  if (whys.length === 0) return '–'
  return (
    <>
      {whys.map((why) => (
        <div key={why} title={WHY_WORDS[why].meaning}>
          <StatusIndicator type={WHY_WORDS[why].type}>{WHY_WORDS[why].title}</StatusIndicator>
        </div>
      ))}
    </>
  )
}

export const COLUMNS: readonly ListColumn<CertificateRow>[] = [
  {
    id: 'certificate',
    header: 'Certificate',
    isRowHeader: true,
    isFixed: true,
    width: 150,
    minWidth: 130,
    cell: ({ certificateId }) => <CertificateLink certificateId={certificateId} />,
  },
  { id: 'status', header: 'Status', width: 120, cell: ({ status }) => <CertificateStatus status={status} /> },
  {
    id: 'ends',
    header: 'Expires',
    width: 180,
    cell: looked(({ notBefore, notAfter }) => <CertificateValidity notBefore={notBefore} notAfter={notAfter} />, true),
    compare: byText(({ look }) => look?.notAfter),
  },
  {
    id: 'whys',
    header: 'Look at it',
    width: 160,
    cell: looked((look) => <Whys look={look} />),
  },
  {
    id: 'things',
    header: 'Things',
    minWidth: 130,
    cell: looked(({ things, thingCount }) => <ThingNames things={things} count={thingCount} />),
  },
  {
    id: 'connection',
    header: 'Last connection',
    width: 180,
    isHiddenNarrow: true,
    cell: looked((look) => <LastConnection look={look} />),
  },
  {
    id: 'policies',
    header: 'Policies',
    minWidth: 130,
    cell: looked(({ policyNames }) => <PolicyNames policyNames={policyNames} />),
  },
  {
    id: 'issuer',
    header: 'Issuer',
    minWidth: 160,
    isHiddenAtFirst: true,
    cell: looked((look) => <CertificateIssuer look={look} />),
  },
  { id: 'key', header: 'Key', width: 110, isHiddenAtFirst: true, cell: looked(({ key }) => key ?? 'Not read') },
  {
    id: 'subject',
    header: 'Subject',
    minWidth: 160,
    isHiddenAtFirst: true,
    cell: looked(({ subject }) => subject ?? 'Not read'),
  },
  {
    id: 'created',
    header: 'Registered',
    width: 130,
    isHiddenAtFirst: true,
    cell: ({ createdAt }) => (createdAt === undefined ? '–' : <Age atMs={Date.parse(createdAt)} />),
    compare: byText(({ createdAt }) => createdAt),
  },
]
