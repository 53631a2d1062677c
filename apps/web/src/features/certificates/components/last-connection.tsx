import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { CertificateLook } from '@thingdeck/contract'
import { VisibleText } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'

/** When somebody was connected as one of its things since it was registered: AWS does not tell by which certificate. */
export function LastConnection({ look: { things, toldBy, whys } }: { readonly look: CertificateLook }) {
  if (whys.includes('neverSeen')) return NEVER_SEEN
  const connected = things.filter((thing) => thing.connected)
  if (connected[0]) {
    const { clientId, thingName } = connected[0]
    return (
      <StatusIndicator type="success">
        {connected.length > 1 ? `${connected.length} are connected` : <VisibleText text={clientId ?? thingName} />}
      </StatusIndicator>
    )
  }
  const last = things
    .flatMap(({ changedAt }) => changedAt ?? [])
    .sort()
    .at(-1)
  if (last !== undefined) return <Age atMs={Date.parse(last)} />
  if (things.length === 0) return <span title="AWS tells of connections by thing, and it has none.">Not known</span>
  return toldBy === 'index' ? (
    <span title={BY_NAME}>Never as one of its things</span>
  ) : (
    <span title={NOT_INDEXED}>Not connected</span>
  )
}

const NEVER_SEEN = 'Never seen'
const BY_NAME = 'The fleet index knows of connections by the names of things; who used a certificate, the log tells.'
const NOT_INDEXED = 'Without the fleet index it is known who is connected now, and not who was.'
