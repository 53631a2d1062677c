import Link from '@cloudscape-design/components/link'
import type { CertificateDetail } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import { formatCount } from '../../shared/format.ts'
import { paths } from '../../shared/paths.ts'
import { FirstNames } from '../../shared/text/first-names.tsx'
import { NameText } from '../../shared/text/name-text.tsx'
import { MOST_CONNECT_ENTRIES } from './api.ts'
import type { CertificateAct } from './certificate-plans.ts'
import type { ClientsByLog } from './seen-clients.ts'

const NAMED = 8

/** Clients that are connected with it, as the log tells, under ids by which none of its things was found. */
export function connectedBesides(certificate: CertificateDetail, byLog: ClientsByLog): readonly string[] {
  if (typeof byLog === 'string') return []
  const told = new Set(
    certificate.look?.things.flatMap(({ connected, clientId, thingName }) =>
      connected ? [clientId ?? thingName] : [],
    ),
  )
  return byLog.flatMap(({ clientId, isConnected }) => (isConnected && !told.has(clientId) ? [clientId] : []))
}

/** What an act does to whom, the worst first. */
export function blastRadius(
  act: CertificateAct,
  certificate: CertificateDetail,
  byLog: ClientsByLog,
): readonly ReactNode[] {
  const { look, status } = certificate
  if (!look) return []
  const { things, thingCount, policyNames, toldBy } = look
  const connected = things.filter((thing) => thing.connected)
  const names = (
    <Names names={connected.map(({ clientId, thingName }) => clientId ?? thingName)} of={connected.length} />
  )
  const attached = <Names names={things.map(({ thingName }) => thingName)} of={thingCount} link={paths.thing} />
  if (act === 'activate') {
    return [
      'Whoever has its private key can connect from now on.',
      thingCount > 0 && <span key="things">As {attached}.</span>,
      policyNames.length === 0 && 'No policy is attached to it: it may do only what groups of its things allow.',
    ].filter(Boolean)
  }
  const isActive = status === 'ACTIVE'
  const besides = connectedBesides(certificate, byLog)
  const notAsked = things.filter((thing) => thing.connected === undefined).length
  return [
    isActive && connected.length > 0 && (
      <span key="connected">
        {formatCount(connected.length)} {connected.length === 1 ? 'device is' : 'devices are'} connected as its things
        now: {names}. AWS IoT ends the connections of this certificate within minutes, and no device connects with it
        again.
      </span>
    ),
    isActive && besides.length > 0 && (
      <span key="besides">
        {formatCount(besides.length)} {besides.length === 1 ? 'client is' : 'clients are'} connected with it by AWS
        IoT’s log, under {besides.length === 1 ? 'an id' : 'ids'} by which none of its things is known:{' '}
        <Names names={besides} of={besides.length} />.{' '}
        {besides.length === 1 ? 'Its connection ends' : 'Their connections end'} all the same.
      </span>
    ),
    isActive &&
      typeof byLog === 'string' &&
      `Clients under other ids than those of its things are ${byLog === 'being read' ? 'still being looked for in' : 'not known without'} AWS IoT’s log.`,
    isActive &&
      typeof byLog !== 'string' &&
      `Clients under other ids are known by AWS IoT’s log of the last day, as far as its latest ${MOST_CONNECT_ENTRIES} connects and disconnects tell: who has been connected for longer is not in it.`,
    isActive && connected.length === 0 && besides.length === 0 && (
      <span key="none">
        No device of its things is connected now{toldBy === 'index' ? '' : ', as far as their client ids tell'}. None
        will be able to connect with it.
      </span>
    ),
    isActive &&
      notAsked > 0 &&
      `Of ${formatCount(notAsked)} of its ${formatCount(thingCount)} things it is not known whether they are connected.`,
    act === 'revoke' && 'A revoked certificate stays revoked: AWS IoT does not let it be activated again.',
    act === 'delete' && thingCount > 0 && (
      <span key="things">
        {thingCount === 1 ? 'The thing' : 'The things'} {attached} {thingCount === 1 ? 'stays' : 'stay'}: it is
        detached, and nobody acts as {thingCount === 1 ? 'it' : 'them'} by this certificate any more.
      </span>
    ),
    act === 'delete' && policyNames.length > 0 && (
      <span key="policies">
        {policyNames.length === 1 ? 'The policy' : 'The policies'} <Names names={policyNames} of={policyNames.length} />{' '}
        {policyNames.length === 1 ? 'stays' : 'stay'}, with whatever else{' '}
        {policyNames.length === 1 ? 'it is' : 'they are'} attached to.
      </span>
    ),
    act === 'delete' &&
      'Its private key stays on the device. Until it is deleted each step can be undone; once it is, nothing can.',
    act === 'deactivate' && 'Its things and policies stay attached, and it can be activated again.',
  ].filter(Boolean)
}

interface NamesProps {
  readonly names: readonly string[]
  readonly of: number
  readonly link?: (name: string) => string
}

const Names = ({ names, of, link }: NamesProps) => (
  <FirstNames
    names={names}
    count={of}
    most={NAMED}
    show={(name) =>
      link ? (
        <Link href={link(name)} external externalIconAriaLabel="Opens in a new tab">
          <NameText text={name} />
        </Link>
      ) : (
        <NameText text={name} />
      )
    }
  />
)
