import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { paths } from '../../../shared/paths.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { thingQuery } from '../api.ts'
import { ConnectionIndicator } from './connection-indicator.tsx'
import { ThingFacts } from './thing-facts.tsx'

/** A thing at a glance, for the split panel. */
export function ThingLook({ thingName }: { readonly thingName: string }) {
  const { data, error, refetch } = useQuery(thingQuery(thingName))
  return (
    <SpaceBetween size="m">
      <ConnectionIndicator thingName={thingName} />
      <SpaceBetween direction="horizontal" size="xs">
        <Button href={paths.thing(thingName)}>Open thing</Button>
        <Button href={paths.thing(thingName, { tab: 'live' })}>Watch messages</Button>
        <Button href={paths.shadow(thingName)}>Open shadow</Button>
      </SpaceBetween>
      {error && <ErrorAlert error={error} what="The thing could not be read" onRetry={() => void refetch()} />}
      {data ? <ThingFacts thing={data} /> : !error && <Loading what="thing" />}
    </SpaceBetween>
  )
}
