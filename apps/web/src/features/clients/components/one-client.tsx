import Link from '@cloudscape-design/components/link'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'

/** The way to a client that no list has: the broker itself is asked by its whole client id. */
export const OneClient = ({ clientId }: { readonly clientId: string }) => (
  <span>
    <Link href={paths.client(clientId)}>Ask the broker for the client {visible(clientId)}</Link>, which neither the log
    of this time nor the fleet index may have.
  </span>
)
