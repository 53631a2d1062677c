import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { CertificateDetail, CertificateThing } from '@thingdeck/contract'
import { useState } from 'react'
import { AttachThingDialog, DetachDialog } from '../../../shared/certificate/attachment-dialogs.tsx'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { VisibleText } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { certificateDetailQuery } from '../api.ts'

const COLUMNS: readonly ListColumn<CertificateThing>[] = [
  {
    id: 'thing',
    header: 'Thing',
    isRowHeader: true,
    minWidth: 200,
    cell: ({ thingName }) => (
      <Link href={paths.thing(thingName)}>
        <NameText text={thingName} />
      </Link>
    ),
  },
  {
    id: 'connection',
    header: 'Connection now',
    width: 240,
    cell: ({ connected, clientId }) => {
      if (connected === undefined) return 'Not known'
      if (!connected) return <StatusIndicator type="stopped">Not connected</StatusIndicator>
      return <StatusIndicator type="success">as {<VisibleText text={clientId ?? 'its own name'} />}</StatusIndicator>
    },
  },
  {
    id: 'changed',
    header: 'Since',
    width: 130,
    cell: ({ changedAt }) => (changedAt === undefined ? 'Not known' : <Age atMs={Date.parse(changedAt)} />),
  },
  {
    id: 'type',
    header: 'Attached',
    width: 150,
    cell: ({ type }) => (type === 'EXCLUSIVE_THING' ? 'Exclusively' : 'Not exclusively'),
  },
]

const WORDS: ListWords = {
  title: 'Things',
  one: 'thing',
  many: 'things',
  description:
    'As whom a device may connect with it. Connections are those of the things: AWS does not say by which certificate.',
  empty: { title: 'On no thing', text: 'Thing variables of policies come up empty for whoever connects with it.' },
}

/** The things that a certificate is attached to, and which of them are connected. */
export function AttachedThings({ certificate }: { readonly certificate: CertificateDetail }) {
  const { certificateId, look } = certificate
  const query = useQuery(certificateDetailQuery(certificateId))
  const [detaching, setDetaching] = useState<CertificateThing>()
  const [isAttaching, setAttaching] = useState(false)
  return (
    <>
      <List
        name="certificate-things"
        variant="container"
        words={WORDS}
        columns={COLUMNS}
        rowId={({ thingName }) => thingName}
        source={wholeOf(query, look?.things ?? [])}
        paging="endless"
        actions={() => [
          { id: 'attach-thing', text: 'Attach to thing', needs: 'admin', onAction: () => setAttaching(true) },
        ]}
        rowActions={(thing) => [
          { id: 'detach', text: 'Detach from thing', needs: 'admin', onAction: () => setDetaching(thing) },
        ]}
      />
      {isAttaching && <AttachThingDialog certificate={certificate} onClose={() => setAttaching(false)} />}
      {detaching && (
        <DetachDialog certificate={certificate} of={{ thing: detaching }} onClose={() => setDetaching(undefined)} />
      )}
    </>
  )
}
