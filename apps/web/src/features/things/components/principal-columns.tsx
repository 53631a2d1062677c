import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ThingPrincipal } from '@thingdeck/contract'
import { certificateIdOf, shortCertificateId } from '../../../shared/certificate/certificate-id.ts'
import { CertificateStatus, CertificateValidity } from '../../../shared/certificate/certificate-state.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { paths } from '../../../shared/paths.ts'
import { FirstNames } from '../../../shared/text/first-names.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { VisibleText } from '../../../shared/text/visible.tsx'
import { typeOf } from '../principal-steps.ts'

const OTHERS_NAMED = 3

export const PRINCIPAL_COLUMNS: readonly ListColumn<ThingPrincipal>[] = [
  {
    id: 'principal',
    header: 'Principal',
    isRowHeader: true,
    minWidth: 200,
    cell: ({ principal }) => {
      const certificateId = certificateIdOf(principal)
      if (certificateId === undefined) return <VisibleText text={principal} />
      return <Link href={paths.certificate(certificateId)}>Certificate {shortCertificateId(certificateId)}</Link>
    },
  },
  {
    id: 'status',
    header: 'Status',
    width: 130,
    cell: ({ certificate, unread }) => {
      if (certificate) return <CertificateStatus status={certificate.status} />
      return unread === undefined ? '–' : <StatusIndicator type="warning">{unread}</StatusIndicator>
    },
  },
  {
    id: 'validity',
    header: 'Validity',
    width: 180,
    cell: ({ certificate }) =>
      certificate ? <CertificateValidity notBefore={certificate.notBefore} notAfter={certificate.notAfter} /> : '–',
  },
  {
    id: 'type',
    header: 'Attached',
    width: 150,
    cell: (row) => (typeOf(row) === 'EXCLUSIVE_THING' ? 'Exclusively' : 'Not exclusively'),
  },
  {
    id: 'others',
    header: 'Also on',
    minWidth: 160,
    cell: ({ otherThings }) => {
      if (otherThings === undefined) return 'Not known'
      if (otherThings.length === 0) return 'No other thing'
      return (
        <FirstNames
          names={otherThings}
          count={otherThings.length}
          most={OTHERS_NAMED}
          show={(name) => (
            <Link href={paths.thing(name)}>
              <NameText text={name} />
            </Link>
          )}
        />
      )
    },
  },
]
