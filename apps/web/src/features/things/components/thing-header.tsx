import './thing-header.css'
import { useQuery } from '@tanstack/react-query'
import type { ThingDetails } from '@thingdeck/contract'
import { connectivityQuery } from '../api.ts'
import { Drops } from './connection-facts.tsx'
import { ConnectionIndicator } from './connection-indicator.tsx'
import { ThingKindFacts } from './thing-kind-facts.tsx'

/** What is most urgent to know of a thing: its connection, how often that was lost, its place among its kind. */
export function ThingHeader({ details }: { readonly details: ThingDetails }) {
  const { thingName } = details.thing
  // From the log, which may take its time: it comes when it comes, where there is room for it already.
  const { data, isPending } = useQuery(connectivityQuery(thingName))
  return (
    <span className="td-thing-header">
      <ConnectionIndicator thingName={thingName} />
      {details.kind.value && (
        <span>
          <ThingKindFacts kind={details.kind.value} />
        </span>
      )}
      {(isPending || data?.drops.outcome === 'counted') && (
        <span className="td-thing-drops">
          Lost in the last day: {data ? <Drops thingName={thingName} drops={data.drops} /> : '…'}
        </span>
      )}
    </span>
  )
}
