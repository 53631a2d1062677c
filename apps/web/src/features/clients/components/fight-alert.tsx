import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import type { ClientHistory, ClientParty } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { fightOf, ownTakeovers, unusualPlace } from '../fight.ts'
import { Principal } from './principal.tsx'

const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${formatCount(count)} times`)

/** So many takeovers by itself are no longer a connection that was missed late. */
const OFTEN = 3

interface FightAlertProps {
  readonly clientId: string
  readonly history: ClientHistory
  /** It stands above that history. */
  readonly isWithin?: boolean
}

/** Two or more that want one client id: AWS IoT ends the older connection each time, for ever. */
export function FightAlert({ clientId, history, isWithin = false }: FightAlertProps) {
  const fight = fightOf(history)
  const own = ownTakeovers(history)
  if (!fight) {
    if (own < OFTEN) return null
    return (
      <Alert type="info" header={`It took its own client id ${times(own)}`}>
        Always by the same principal and from the same address: either it came back before its old connection was
        missed, or two programs on one machine have this client id.
      </Alert>
    )
  }
  const principals = new Set(fight.parties.map(({ principalId }) => principalId))
  return (
    <Alert type="warning" header={`Its client id was taken by another party ${times(fight.takeovers)}`}>
      <p>
        Last <Age atMs={Date.parse(fight.lastAt)} />: each new connection under {visible(clientId)} ends the one before.{' '}
        {principals.size === 1 && !fight.hasUnknown
          ? 'All have the same principal: its key is on several machines, or its address changes.'
          : 'Give each device a client id of its own, or let the policy tie the client id to the thing of the certificate.'}
      </p>
      <ul className="td-plain-list">
        {fight.parties.map((party) => (
          <li key={party.partyId}>
            <PartyLine party={party} />
          </li>
        ))}
        {fight.hasUnknown && <li>somebody whose connect the log does not have</li>}
      </ul>
      {!isWithin && (
        <>
          <Link href={paths.client(clientId, { tab: 'history' })}>Its history</Link> ·{' '}
        </>
      )}
      <Link href={paths.refusals({ client: clientId })}>Its refusals</Link>
    </Alert>
  )
}

function PartyLine({ party }: { readonly party: ClientParty }) {
  const { principalId, sourceIp, took, lost, isConnected } = party
  return (
    <>
      <Principal principalId={principalId} />
      {sourceIp !== undefined && visible(` from ${sourceIp}`)}: took it {took === 0 ? 'never' : times(took)}, lost it{' '}
      {lost === 0 ? 'never' : times(lost)}
      {isConnected && ', has it now'}
    </>
  )
}

/** 'This one is not where it usually is': only what the log says. */
export function PlaceAlert({ history }: { readonly history: ClientHistory }) {
  const place = unusualPlace(history)
  if (!place) return null
  return (
    <Alert type="warning" header={visible(`It is not where it usually is: it connected from ${place.sourceIp}`)}>
      In this time its principal connected {times(place.usual.connects)} from {visible(place.usual.sourceIp)}, and from{' '}
      {visible(place.sourceIp)} this once. A device with a changing address does that, and so does somebody else with
      its key.
    </Alert>
  )
}
