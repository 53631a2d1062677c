import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { whyPrincipalRefused } from '../../../shared/authorization/facts.ts'
import { paths } from '../../../shared/paths.ts'
import { useNow } from '../../../shared/time.tsx'
import type { Simulation } from '../use-simulation.ts'

interface BeforeProps {
  readonly simulation: Simulation
  readonly thingName: string | undefined
}

/** What decides before any policy does, and what the answers below rest on. */
export function Before({ simulation, thingName }: BeforeProps) {
  const { facts, principals, principalId, clientId, lost, policies, iam } = simulation
  const nowMs = useNow(60_000)
  const notices = [
    thingName !== undefined && principalId === undefined && principals?.length === 0 && (
      <Alert key="none" type="error" header={`${thingName} has no certificate`}>
        No device can connect as this thing until a certificate is attached to it.{' '}
        <Link href={paths.thing(thingName)}>Open the thing</Link>
      </Alert>
    ),
    ...lost.map((words) => (
      <Alert key={words} type="warning">
        {words}
      </Alert>
    )),
    ...iamNotices(simulation),
    ...[...(policies?.malformed ?? []), ...(iam.policies?.malformed ?? [])].map(({ policyName, message }) => (
      <Alert
        key={`malformed ${policyName}`}
        type="error"
        header={`${policyName} cannot be read, and decides nothing here`}
      >
        {message}
      </Alert>
    )),
    ...(facts ? ofFacts(facts, policies?.counted.length ?? 0, clientId, thingName, nowMs) : []),
  ].filter((each) => each !== false)
  return notices.length === 0 ? null : <SpaceBetween size="xs">{notices}</SpaceBetween>
}

/** What is not known of the IAM policies, and so does not count. */
function iamNotices({ as, iam, facts }: Simulation) {
  const { principal, state, isPasted, policies } = iam
  const isUnread = principal !== undefined && principal.outcome !== 'read'
  return [
    as === 'cognito' && facts !== undefined && state === 'nobody' && (
      <Alert key="role" type="warning" header="The role of the identity is not said">
        Of a signed-in identity, the IAM role must allow the same: say which role its pool gives it. Below stands what
        its IoT policies decide.
      </Alert>
    ),
    isUnread && (
      <Alert
        key="unread"
        type="warning"
        header={`The IAM policies of the ${principal.kind} ${principal.name} cannot be read`}
      >
        {principal.outcome === 'not-served' ? 'There is no IAM at this endpoint. ' : 'The console’s own role may not. '}
        {principal.message} Paste the policies to decide by them.
      </Alert>
    ),
    (principal?.unread.length ?? 0) > 0 && (
      <Alert key="some unread" type="warning" header="Some IAM policies cannot be read, and do not count here">
        {principal?.unread.join(', ')}
      </Alert>
    ),
    principal?.boundary !== undefined && principal.boundary.document === undefined && (
      <Alert key="boundary" type="warning" header="The permissions boundary cannot be read, and does not count here">
        {principal.boundary.policyArn}
      </Alert>
    ),
    state === 'known' && policies?.counted.length === 0 && (
      <Alert
        key="no iam policy"
        type={isPasted ? 'info' : 'error'}
        header={isPasted ? 'Nothing is pasted yet' : 'No IAM policy'}
      >
        {isPasted ? 'Without a policy everything is denied.' : 'Nobody has given it one: everything is denied.'}
      </Alert>
    ),
    iam.isRefusing && (
      <Alert key="refusing" type="error" header="This answer does not let the client in">
        Its isAuthenticated is not true: the client is refused at CONNECT. Below stands what its policies would decide.
      </Alert>
    ),
    as === 'guest' && (
      <Alert key="guest" type="info">
        Cognito cuts the session of an unauthenticated identity to the services that guests may use. AWS IoT is one of
        them: for it the role decides alone.
      </Alert>
    ),
  ]
}

function ofFacts(
  { principal, things, thing, namesOtherThing }: NonNullable<Simulation['facts']>,
  policyCount: number,
  clientId: string,
  thingName: string | undefined,
  nowMs: number,
) {
  const refused = whyPrincipalRefused(principal, nowMs)
  const isAttached = thingName === undefined || things.some((each) => each.thingName === thingName)
  return [
    refused !== undefined && (
      <Alert key="refused" type="error" header="Everything is refused">
        {refused} Below stands what its policies would decide.
      </Alert>
    ),
    policyCount === 0 && (
      <Alert key="no policy" type="error" header="No policy reaches this principal">
        Neither the principal nor a group of its thing has one: everything is denied.
      </Alert>
    ),
    !isAttached && (
      <Alert key="not attached" type="warning" header={`The principal is not attached to ${thingName}`}>
        Its connections are not {thingName}’s: variables of the thing have no value, and its groups do not count.
      </Alert>
    ),
    isAttached && namesOtherThing && thing === undefined && (
      <Alert key="other" type="warning" header={`The principal is not attached to ${clientId}`}>
        There is a thing of the client id’s name, and the principal is not its own: variables of things have no value.
      </Alert>
    ),
    !namesOtherThing && thing === undefined && clientId !== '' && things.length > 0 && (
      <Alert key="client" type="info" header={`No thing that the principal is attached to is named ${clientId}`}>
        So variables of things have no value for this client id. The principal is attached to{' '}
        {things.map((each) => each.thingName).join(', ')}.
      </Alert>
    ),
  ]
}
