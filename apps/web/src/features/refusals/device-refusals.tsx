import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Refusal } from '@thingdeck/contract'
import { useEffect, useState } from 'react'
import type { DeviceRefusalsProps } from '../../shared/feature/parts.ts'
import { DebugClientDialog } from '../../shared/iot-logs/debug-client-dialog.tsx'
import { paths } from '../../shared/paths.ts'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { useAnchor } from '../../shared/use-anchor.ts'
import { refusalFactsQuery, refusalsQuery } from './api.ts'
import { causeOf } from './cause.ts'
import { NeverLogged } from './components/not-logged.tsx'
import { RefusalLook } from './components/refusal-look.tsx'
import { RefusalsNotice } from './refusal-list.tsx'
import { whatInWords } from './what-words.ts'

/** The log is read so often while a device is waited for: AWS has entries in it after some seconds. */
const LOOK_EVERY_MS = 5_000
/** Somebody who is nobody in particular is told of so often. */
const MOST_OTHERS = 3

/** What a device was refused since a moment: the last with cause and cure, and who else was turned away unknown. */
export function DeviceRefusals({ thingName, certificateId, sinceMs, isLive }: DeviceRefusalsProps) {
  const [anchorMs, renew] = useAnchor()
  useEffect(() => {
    if (!isLive) return
    const timer = setInterval(renew, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isLive, renew])
  const range = { from: new Date(sinceMs).toISOString(), to: new Date(Math.max(anchorMs, sinceMs)).toISOString() }
  const query = useQuery({ ...refusalsQuery(range, anchorMs), placeholderData: keepPreviousData })
  const [debugged, setDebugged] = useState<string>()
  const all = query.data?.refusals ?? []
  const [last, ...earlier] = all.filter((refusal) => isOf(refusal, thingName, certificateId))
  const others = all.filter((refusal) => isNobodyKnown(refusal, certificateId)).slice(0, MOST_OTHERS)
  return (
    <SpaceBetween size="m">
      {query.error && (
        <ErrorAlert
          error={query.error}
          what="What was refused could not be read"
          onRetry={() => void query.refetch()}
        />
      )}
      <RefusalsNotice found={query.data} />
      {last && (
        <section aria-label={`Why ${thingName} is refused`}>
          <div role="alert">
            <StatusIndicator type="error">{visible(`${thingName} was refused: ${whatInWords(last)}`)}</StatusIndicator>
          </div>
          <RefusalLook refusal={last} others={[]} onDebug={setDebugged} />
        </section>
      )}
      {earlier.length > 0 && (
        <Link href={paths.refusals({ thing: thingName })}>
          {earlier.length === 1 ? 'One other refusal' : `${earlier.length} other refusals`} of this device
        </Link>
      )}
      {!last && others.length > 0 && (
        <Alert type="info" header="Somebody was turned away who did not say who they are">
          If that is this device, it shows another certificate than it should.
          <ul className="td-plain-list">
            {others.map((refusal) => (
              <li key={refusal.refusalId}>
                <Other refusal={refusal} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {isLive && <NeverLogged />}
      {debugged !== undefined && <DebugClientDialog clientId={debugged} onClose={() => setDebugged(undefined)} />}
    </SpaceBetween>
  )
}

/** By the client id, or by the certificate that was shown, whatever client id came with it. */
const isOf = ({ clientId, principalId }: Refusal, thingName: string, certificateId: string): boolean =>
  clientId === thingName || principalId === certificateId

/** Turned away before CONNECT was read. */
const isNobodyKnown = ({ eventType, clientId, principalId }: Refusal, certificateId: string): boolean =>
  eventType === 'Connection.AuthNError' && clientId === undefined && principalId !== certificateId

function Other({ refusal }: { readonly refusal: Refusal }) {
  const { data } = useQuery(refusalFactsQuery(refusal))
  const { sourceIps, lastAt } = refusal
  return (
    <>
      {visible(whatInWords(refusal))}
      {sourceIps.length > 0 && visible(` from ${sourceIps.join(', ')}`)}, <Age atMs={Date.parse(lastAt)} />:{' '}
      {visible(causeOf(refusal, data).why)}
    </>
  )
}
