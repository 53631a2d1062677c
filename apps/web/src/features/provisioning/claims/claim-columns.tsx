import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import type { ClaimCertificate } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import { CertificateLink } from '../../../shared/certificate/certificate-link.tsx'
import { CertificateStatus } from '../../../shared/certificate/certificate-state.tsx'
import { formatCount } from '../../../shared/format.ts'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Age } from '../../../shared/time.tsx'
import { type ClaimUse, claimUseQuery } from './claim-use.ts'

export const CLAIM_COLUMNS: readonly ListColumn<ClaimCertificate>[] = [
  {
    id: 'certificate',
    header: 'Certificate',
    isRowHeader: true,
    isFixed: true,
    width: 140,
    cell: ({ certificateId }) => <CertificateLink certificateId={certificateId} />,
  },
  {
    id: 'status',
    header: 'State',
    width: 120,
    cell: ({ status }) => (status === undefined ? 'Not read' : <CertificateStatus status={status} />),
  },
  {
    id: 'policies',
    header: 'Let in by',
    minWidth: 180,
    cell: ({ policyNames }) =>
      policyNames.map((name) => (
        <div key={name}>
          <Link href={paths.policy(name)}>
            <NameText text={name} />
          </Link>
        </div>
      )),
  },
  {
    id: 'used',
    header: 'Devices in 7 days',
    width: 160,
    cell: ({ certificateId }) => (
      <Used certificateId={certificateId}>
        {({ provisioned, refused, isMore }) =>
          `${isMore ? 'at least ' : ''}${formatCount(provisioned)}${refused > 0 ? `, ${formatCount(refused)} refused` : ''}`
        }
      </Used>
    ),
  },
  {
    id: 'last',
    header: 'Last used',
    width: 140,
    cell: ({ certificateId }) => (
      <Used certificateId={certificateId}>
        {({ lastAt }) => (lastAt === undefined ? 'not in 7 days' : <Age atMs={Date.parse(lastAt)} />)}
      </Used>
    ),
  },
  {
    id: 'from',
    header: 'From',
    width: 150,
    cell: ({ certificateId }) => (
      <Used certificateId={certificateId}>
        {({ sources }) =>
          sources.length === 0
            ? '–'
            : `${sources.slice(0, 2).join(', ')}${sources.length > 2 ? ` and ${sources.length - 2} more` : ''}`
        }
      </Used>
    ),
  },
]

export const CLAIM_WORDS: ListWords = {
  title: 'Claim certificates',
  one: 'claim certificate',
  many: 'claim certificates',
  description:
    'Found by the policies of the account: certificates that one of them lets publish on the topics of this template. How often each was used is from AWS IoT’s log.',
  empty: {
    title: 'No claim certificates',
    text: 'No policy lets a certificate register devices by this template. Make a claim certificate for a production line, or a claim for one device.',
  },
}

/** That there are none is not known before all policies were looked at. */
export const STILL_LOOKING: ListWords = {
  ...CLAIM_WORDS,
  empty: { title: 'None was found yet', text: 'The policies of the account are still being looked through.' },
}

interface UsedProps {
  readonly certificateId: string
  readonly children: (use: ClaimUse) => ReactNode
}

/** Of a cell, as far as AWS IoT logs it. */
function Used({ certificateId, children }: UsedProps) {
  const { data, error } = useQuery(claimUseQuery(certificateId))
  if (error) return 'Not read'
  if (!data) return '…'
  if (data.outcome === 'not-allowed') return <span title="The console may not read the log.">not known</span>
  if (data.outcome !== 'entries') return <Link href={paths.logSettings()}>not known: turn on logging</Link>
  return children(data)
}
