import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { paths } from '../../../shared/paths.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { clientQuery } from '../api.ts'
import { ConnectionState } from '../connection-words.tsx'
import { ConnectionFacts } from './connection-facts.tsx'

/** A look at a client beside its list: what the broker has of it now. */
export function ClientLook({ clientId }: { readonly clientId: string }) {
  const { data, error, refetch } = useQuery(clientQuery(clientId))
  if (error) return <ErrorAlert error={error} what="The client could not be read" onRetry={() => void refetch()} />
  if (data === undefined) return null
  return (
    <SpaceBetween size="m">
      <ConnectionState connection={data.connection} />
      <ConnectionFacts client={data} />
      <Link href={paths.client(clientId)}>Its page, with subscriptions, traffic and history</Link>
    </SpaceBetween>
  )
}
