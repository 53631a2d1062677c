import Link from '@cloudscape-design/components/link'
import { useQueries, useQuery } from '@tanstack/react-query'
import type { CertificateDetail } from '@thingdeck/contract'
import { useState } from 'react'
import { AttachPoliciesDialog, DetachDialog } from '../../../shared/certificate/attachment-dialogs.tsx'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { certificateDetailQuery, groupPoliciesQuery } from '../api.ts'

interface Row {
  readonly policyName: string
  /** Of whose groups it is; undefined: it is attached to the certificate itself. */
  readonly throughThing?: string
}

const COLUMNS: readonly ListColumn<Row>[] = [
  {
    id: 'policy',
    header: 'Policy',
    isRowHeader: true,
    minWidth: 240,
    cell: ({ policyName }) => (
      <Link href={paths.policy(policyName)}>
        <NameText text={policyName} />
      </Link>
    ),
  },
  {
    id: 'through',
    header: 'Attached to',
    minWidth: 240,
    cell: ({ throughThing }) =>
      throughThing === undefined ? (
        'The certificate'
      ) : (
        <>
          A group of{' '}
          <Link href={paths.thing(throughThing)}>
            <NameText text={throughThing} />
          </Link>
        </>
      ),
  },
]

const WORDS: ListWords = {
  title: 'Policies',
  one: 'policy',
  many: 'policies',
  description: 'What may be done with it: by its own policies, and by those of the groups that its things are in.',
  empty: { title: 'No policies', text: 'Whoever connects with it may do nothing, not even connect.' },
}

/** Of so many things it is asked what their groups bring. */
const THINGS_ASKED = 5

/** The policies of a certificate, its own and those through groups of its things. */
export function AttachedPolicies({ certificate }: { readonly certificate: CertificateDetail }) {
  const { certificateId, look } = certificate
  const query = useQuery(certificateDetailQuery(certificateId))
  const things = (look?.things ?? []).slice(0, THINGS_ASKED)
  const ofGroups = useQueries({
    queries: things.map(({ thingName }) => groupPoliciesQuery(certificateId, thingName)),
  })
  const [detaching, setDetaching] = useState<string>()
  const [isAttaching, setAttaching] = useState(false)
  const rows: readonly Row[] = [
    ...(look?.policyNames ?? []).map((policyName) => ({ policyName })),
    ...things.flatMap(({ thingName }, index) =>
      (ofGroups[index]?.data?.groupPolicyNames ?? []).map((policyName) => ({ policyName, throughThing: thingName })),
    ),
  ]
  return (
    <>
      <List
        name="certificate-policies"
        variant="container"
        words={WORDS}
        columns={COLUMNS}
        rowId={({ policyName, throughThing = '' }) => `${throughThing} ${policyName}`}
        source={wholeOf(query, rows)}
        paging="endless"
        notice={(look?.thingCount ?? 0) > THINGS_ASKED && `Of groups, those of the first ${THINGS_ASKED} things.`}
        actions={() => [
          { id: 'attach-policy', text: 'Attach policies', needs: 'admin', onAction: () => setAttaching(true) },
        ]}
        rowActions={({ policyName, throughThing }) => [
          {
            id: 'detach',
            text: 'Detach policy',
            needs: 'admin',
            whyNot: throughThing === undefined ? undefined : 'It is attached to a group: detach it there.',
            onAction: () => setDetaching(policyName),
          },
        ]}
      />
      {isAttaching && <AttachPoliciesDialog certificate={certificate} onClose={() => setAttaching(false)} />}
      {detaching !== undefined && (
        <DetachDialog certificate={certificate} of={{ policy: detaching }} onClose={() => setDetaching(undefined)} />
      )}
    </>
  )
}
