import Link from '@cloudscape-design/components/link'
import type { Client, ClientParty } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import { type Fact, Facts } from '../../../shared/details/facts.tsx'
import { reasonInWords } from '../../../shared/iot-logs/disconnect-reason.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age, formatDateTime } from '../../../shared/time.tsx'
import { notKnownInWords, sessionInWords } from '../connection-words.tsx'
import { Principal } from './principal.tsx'

interface ConnectionFactsProps {
  readonly client: Client
  /** Who it is by the log; undefined: not asked for, or the log does not have it. */
  readonly party?: ClientParty | undefined
  /** How many messages wait for it, in words; undefined: not asked for. */
  readonly queue?: ReactNode
}

/** What the broker has of a client now, and what of it only the log has. */
export function ConnectionFacts({ client, party, queue }: ConnectionFactsProps) {
  const { clientId, connection, thing } = client
  const { connectedSince, disconnectedSince, disconnectReason, keepAliveSeconds, targetIp, targetPort } = connection
  const facts: readonly (Fact | undefined)[] = [
    { label: 'Client id', copy: clientId },
    { label: 'Thing', value: <ThingOf {...(thing && { thing })} /> },
    party && { label: 'Principal', value: <Principal principalId={party.principalId} /> },
    party && { label: 'Protocol', value: party.protocol ?? 'not known' },
    connectedSince === undefined ? undefined : { label: 'Connected since', value: <When iso={connectedSince} /> },
    disconnectedSince === undefined
      ? undefined
      : { label: 'Disconnected since', value: <When iso={disconnectedSince} /> },
    disconnectReason === undefined
      ? undefined
      : { label: 'Why it went', value: visible(reasonInWords(disconnectReason)) },
    connection.sourceIp === undefined
      ? undefined
      : { label: 'From', value: visible(withPort(connection.sourceIp, connection.sourcePort)) },
    targetPort === undefined
      ? undefined
      : { label: 'Connected to', value: visible(withPort(targetIp ?? 'the endpoint', targetPort)) },
    connection.vpcEndpointId === undefined ? undefined : { label: 'VPC endpoint', copy: connection.vpcEndpointId },
    keepAliveSeconds === undefined
      ? undefined
      : { label: 'Keep-alive', value: keepAliveSeconds === 0 ? 'none' : `${keepAliveSeconds} s` },
    connection.outcome === 'none'
      ? { label: 'Session', value: 'none' }
      : { label: 'Session', value: sessionInWords(connection) ?? 'not known' },
    queue === undefined ? undefined : { label: 'Messages that wait for it', value: queue },
    connection.outcome === 'not-allowed' || connection.outcome === 'not-served'
      ? { label: 'Connection', value: visible(notKnownInWords(connection)) }
      : undefined,
  ]
  return <Facts facts={facts} />
}

function ThingOf({ thing }: Pick<Client, 'thing'>) {
  if (thing === undefined) return 'none is known to be behind it'
  return (
    <>
      <Link href={paths.thing(thing.thingName)}>
        <NameText text={thing.thingName} />
      </Link>
      {thing.by === 'client id' &&
        ', which is called like the client id; whether it is that thing, its certificate says'}
    </>
  )
}

const withPort = (ip: string, port: number | undefined) => (port === undefined ? ip : `${ip}, port ${port}`)

const When = ({ iso }: { readonly iso: string }) => (
  <>
    {formatDateTime(Date.parse(iso))} (<Age atMs={Date.parse(iso)} />)
  </>
)
