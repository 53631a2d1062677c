import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import type { Certificate, ThingDetail } from '@thingdeck/contract'
import { type ReactNode, useMemo, useState } from 'react'
import { certificateIdOf, shortCertificateId } from '../../../shared/certificate/certificate-id.ts'
import { CertificateStatus, CertificateValidity } from '../../../shared/certificate/certificate-state.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { certificateQuery } from '../api.ts'

/** A thing has one or two principals, rarely more: each certificate is read by itself. */
const SHOWN_AT_FIRST = 10

const columnsFor = (thingName: string): readonly TableProps.ColumnDefinition<string>[] => [
  {
    id: 'principal',
    header: 'Principal',
    isRowHeader: true,
    width: 280,
    minWidth: 262,
    cell: (principal) => <Principal principal={principal} />,
  },
  {
    id: 'status',
    header: 'Status',
    minWidth: 100,
    cell: (principal) => <Read thingName={thingName} principal={principal} show={statusOf} />,
  },
  {
    id: 'expiry',
    header: 'Validity',
    minWidth: 180,
    cell: (principal) => <Read thingName={thingName} principal={principal} show={expiryOf} />,
  },
  {
    id: 'policies',
    header: 'Policies',
    minWidth: 140,
    cell: (principal) => <Read thingName={thingName} principal={principal} show={policiesOf} />,
  },
]

/** The certificates and Cognito identities of a thing: whether they are good, for how long, and by which policies. */
export function Certificates({
  thing: { thingName, principals },
}: {
  readonly thing: Pick<ThingDetail, 'thingName' | 'principals'>
}) {
  const [all, setAll] = useState(false)
  const columns = useMemo(() => columnsFor(thingName), [thingName])
  const shown = all ? principals : principals.slice(0, SHOWN_AT_FIRST)
  return (
    <SpaceBetween size="s">
      <Table
        variant="embedded"
        wrapLines
        items={shown}
        columnDefinitions={columns}
        ariaLabels={{ tableLabel: 'Certificates and identities' }}
        empty={
          <Box color="text-body-secondary" padding="s">
            None: no device can connect as this thing with its policy variables until a certificate is attached.
          </Box>
        }
      />
      {shown.length < principals.length && (
        <Button onClick={() => setAll(true)}>Show all {principals.length} principals</Button>
      )}
    </SpaceBetween>
  )
}

function Principal({ principal }: { readonly principal: string }) {
  const certificateId = certificateIdOf(principal)
  if (certificateId === undefined) return <Copyable what="principal" text={principal} />
  return (
    <>
      <Link href={paths.certificate(certificateId)}>Certificate {shortCertificateId(certificateId)}</Link>{' '}
      <Copyable what="certificate ARN" text={principal} shown="ARN" />
    </>
  )
}

function Read({
  thingName,
  principal,
  show,
}: {
  readonly thingName: string
  readonly principal: string
  readonly show: (certificate: Certificate) => ReactNode
}) {
  const certificateId = certificateIdOf(principal)
  const { data, error } = useQuery({
    ...certificateQuery(certificateId ?? '', thingName),
    enabled: certificateId !== undefined,
  })
  if (certificateId === undefined) return '–'
  if (error) return <StatusIndicator type="warning">{error.message}</StatusIndicator>
  return data ? show(data) : <StatusIndicator type="loading">Reading</StatusIndicator>
}

const statusOf = ({ status }: Certificate) => <CertificateStatus status={status} />

const expiryOf = ({ notBefore, notAfter }: Certificate) => (
  <CertificateValidity notBefore={notBefore} notAfter={notAfter} />
)

function policiesOf({ policyNames, groupPolicyNames }: Certificate) {
  if (policyNames.length + groupPolicyNames.length === 0)
    return <StatusIndicator type="warning">none: it may do nothing</StatusIndicator>
  return (
    <ul className="td-plain-list">
      {[...policyNames, ...groupPolicyNames].map((name) => (
        <li key={name}>
          <Link href={paths.policy(name)}>
            <NameText text={name} />
          </Link>
          {!policyNames.includes(name) && <span className="td-weak"> through a group</span>}
        </li>
      ))}
    </ul>
  )
}
