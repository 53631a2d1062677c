import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import type { CertificateDetail, ThingPrincipal } from '@thingdeck/contract'
import { type ReactNode, useState } from 'react'
import { AttachPoliciesDialog, DetachDialog } from '../../../shared/certificate/attachment-dialogs.tsx'
import { certificateDetailQuery } from '../../../shared/certificate/certificate-detail-query.ts'
import { shortCertificateId } from '../../../shared/certificate/certificate-id.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { thingDetailsQuery } from '../api.ts'

/** A policy that somebody has who acts as the thing. */
interface Row {
  readonly policyName: string
  readonly certificateId: string
  /** Not attached to the certificate itself. */
  readonly isOfGroup: boolean
}

const COLUMNS: readonly ListColumn<Row>[] = [
  {
    id: 'policy',
    header: 'Policy',
    isRowHeader: true,
    minWidth: 220,
    cell: ({ policyName }) => (
      <Link href={paths.policy(policyName)}>
        <NameText text={policyName} />
      </Link>
    ),
  },
  {
    id: 'certificate',
    header: 'Of',
    minWidth: 200,
    cell: ({ certificateId }) => (
      <Link href={paths.certificate(certificateId)}>Certificate {shortCertificateId(certificateId)}</Link>
    ),
  },
  {
    id: 'through',
    header: 'Attached to',
    minWidth: 180,
    cell: ({ isOfGroup }) => (isOfGroup ? 'A group of this thing' : 'The certificate'),
  },
]

const WORDS: ListWords = {
  title: 'Policies',
  one: 'policy',
  many: 'policies',
  description: 'What may be done as this thing: by policies of its certificates, and by those of its groups.',
  empty: { title: 'No policies', text: 'Whoever connects as this thing may do nothing, not even connect.' },
}

interface ThingPoliciesProps {
  readonly thingName: string
  readonly principals: readonly ThingPrincipal[]
}

/** The policies of a thing's certificates, with what an admin does about them. */
export function ThingPolicies({ thingName, principals }: ThingPoliciesProps) {
  const query = useQuery(thingDetailsQuery(thingName))
  const [attachingTo, setAttachingTo] = useState<string>()
  const [detaching, setDetaching] = useState<Row>()
  const rows = principals.flatMap(({ certificate }): readonly Row[] => {
    if (!certificate) return []
    const { certificateId, policyNames, groupPolicyNames } = certificate
    return [
      ...policyNames.map((policyName) => ({ policyName, certificateId, isOfGroup: false })),
      ...groupPolicyNames.map((policyName) => ({ policyName, certificateId, isOfGroup: true })),
    ]
  })
  const certificateIds = principals.flatMap(({ certificate }) => certificate?.certificateId ?? [])
  return (
    <>
      <List
        name="thing-policies"
        variant="container"
        words={WORDS}
        columns={COLUMNS}
        rowId={({ certificateId, policyName }) => `${certificateId} ${policyName}`}
        source={wholeOf(query, rows)}
        paging="endless"
        actions={() =>
          certificateIds.map((certificateId) => ({
            id: `attach-policies ${certificateId}`,
            text:
              certificateIds.length === 1
                ? 'Attach policies'
                : `Attach policies to ${shortCertificateId(certificateId)}`,
            needs: 'admin',
            onAction: () => setAttachingTo(certificateId),
          }))
        }
        rowActions={(row) => [
          {
            id: 'detach',
            text: 'Detach policy',
            needs: 'admin',
            whyNot: row.isOfGroup ? 'It is attached to a group: detach it there.' : undefined,
            onAction: () => setDetaching(row),
          },
        ]}
      />
      {attachingTo !== undefined && (
        <OfCertificate certificateId={attachingTo}>
          {(certificate) => (
            <AttachPoliciesDialog certificate={certificate} onClose={() => setAttachingTo(undefined)} />
          )}
        </OfCertificate>
      )}
      {detaching && (
        <OfCertificate certificateId={detaching.certificateId}>
          {(certificate) => (
            <DetachDialog
              certificate={certificate}
              of={{ policy: detaching.policyName }}
              onClose={() => setDetaching(undefined)}
            />
          )}
        </OfCertificate>
      )}
    </>
  )
}

interface OfCertificateProps {
  readonly certificateId: string
  readonly children: (certificate: CertificateDetail) => ReactNode
}

/** Whom a change of a certificate's policies meets is asked when it is about to be made. */
function OfCertificate({ certificateId, children }: OfCertificateProps) {
  const { data } = useQuery(certificateDetailQuery(certificateId))
  return data ? children(data) : undefined
}
