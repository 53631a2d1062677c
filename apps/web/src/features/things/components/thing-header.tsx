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
  // From the log, which may take its time: it comes when it comes.
  const { data } = useQuery(connectivityQuery(thingName))
  return (
    <span className="td-thing-header">
      <ConnectionIndicator thingName={thingName} />
      {data?.drops.outcome === 'counted' && (
        <span>
          Lost in the last day: <Drops thingName={thingName} drops={data.drops} />
        </span>
      )}
      {details.kind.value && (
        <span>
          <ThingKindFacts kind={details.kind.value} />
        </span>
      )}
    </span>
  )
}
