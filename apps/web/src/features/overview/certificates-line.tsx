import Link from '@cloudscape-design/components/link'
import type { UseQueryResult } from '@tanstack/react-query'
import type { CertificatesOverview } from '@thingdeck/contract'
import { EXPIRES_WITHIN_DAYS } from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'
import { paths } from '../../shared/paths.ts'
import { failedLine, readingLine, unknownLine } from './failed-line.tsx'
import type { OverviewLine } from './line.ts'
import { Count, Parts } from './words.tsx'

const HEAD = { id: 'certificates', title: 'Certificates' } as const

/** Those that end soon, and those that could connect and are nobody's. */
export function certificatesLine(query: UseQueryResult<CertificatesOverview>): OverviewLine {
  const { data, error } = query
  if (error) return failedLine(HEAD, error, () => void query.refetch())
  if (!data) return readingLine(HEAD)
  if (data.outcome !== 'read') {
    const rights = 'iot:ListCertificates, iot:DescribeCertificate and iot:ListPrincipalThings'
    const cure = `Allow the role of the console's server ${rights}.`
    return unknownLine(HEAD, 'Which expire is not known', data.message, cure)
  }
  const { expired, expiring, onNothing, looked, listed, isOver, isAll } = data
  const parts = [
    expired.length > 0 && (
      <Count key="expired" number={expired.length} href={paths.certificates({ why: 'expired' })}>
        active and expired
      </Count>
    ),
    expiring.length > 0 && (
      <Count key="expiring" number={expiring.length} href={paths.certificates({ why: 'expiring' })}>
        {expiring.length === 1 ? 'expires' : 'expire'} within {EXPIRES_WITHIN_DAYS} days
      </Count>
    ),
    onNothing.length > 0 && (
      <Count key="on-nothing" number={onNothing.length} href={paths.certificates({ why: 'onNothing' })}>
        active on no thing
      </Count>
    ),
  ].filter((part) => part !== false)
  const soFar = isOver ? '' : `${formatCount(looked)} of ${formatCount(listed)} looked at so far`
  return {
    ...HEAD,
    urgency: expired.length > 0 ? 'wrong' : parts.length > 0 ? 'watch' : isOver ? 'fine' : 'reading',
    words: (
      <Parts
        parts={[
          ...(parts.length > 0 || !isOver ? parts : [<Fine key="fine" listed={listed} />]),
          soFar !== '' && (
            <span key="so-far" className="td-weak">
              {soFar}
            </span>
          ),
          !isAll && isOver && (
            <span key="more" className="td-weak">
              of the first {formatCount(listed)} active ones
            </span>
          ),
        ]}
      />
    ),
  }
}

const Fine = ({ listed }: { readonly listed: number }) => <Link href={paths.certificates()}>{fineWords(listed)}</Link>

function fineWords(listed: number): string {
  if (listed === 0) return 'None is active'
  if (listed === 1) return 'The only active one does not expire soon, and is on a thing'
  return `None of ${formatCount(listed)} expires soon, each is on a thing`
}
