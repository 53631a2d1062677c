import Link from '@cloudscape-design/components/link'
import type { CommandTarget } from '@thingdeck/contract'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'

interface DeviceLinkProps {
  readonly target: CommandTarget
  /** Said where it is of a kind that the console does not know. */
  readonly targetArn: string
}

/** Whom a command was sent to. */
export function DeviceLink({ target: { thingName, clientId }, targetArn }: DeviceLinkProps) {
  if (thingName !== undefined)
    return (
      <Link href={paths.thing(thingName, { tab: 'commands' })}>
        <NameText text={thingName} />
      </Link>
    )
  if (clientId === undefined) return <NameText text={targetArn} />
  return (
    <>
      client{' '}
      <Link href={paths.client(clientId)}>
        <NameText text={clientId} />
      </Link>
    </>
  )
}
