import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { Refusal, RefusalFacts, RefusedCertificate, RefusedCheck } from '@thingdeck/contract'
import type { Action } from '../../../shared/action/action.ts'
import { ActionButtons } from '../../../shared/action/action-buttons.tsx'
import { useActivateCertificate } from '../../../shared/certificate/use-activate-certificate.ts'
import { type Fact, Facts } from '../../../shared/details/facts.tsx'
import { formatCount } from '../../../shared/format.ts'
import { reasonOf } from '../../../shared/iot-logs/reason-words.ts'
import { paths } from '../../../shared/paths.ts'
import { FirstNames } from '../../../shared/text/first-names.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age, formatDateTime } from '../../../shared/time.tsx'
import { around } from '../../../shared/time-range.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { refusalFactsQuery } from '../api.ts'
import { causeOf, kindOfPrincipal } from '../cause.ts'
import { simulatorHref } from '../simulated.ts'
import { whatInWords } from '../what-words.ts'
import { LogAround } from './log-around.tsx'
import { PolicyAnswer } from './policy-answer.tsx'

interface RefusalLookProps {
  readonly refusal: Refusal
  /** Of a client id that several want: the refusals of the others. */
  readonly others: readonly Refusal[]
  readonly onDebug: (clientId: string) => void
}

/** Cause and cure of one refusal, what is so now, and what the log has around its last time. */
export function RefusalLook({ refusal, others, onDebug }: RefusalLookProps) {
  const { data: facts, error, refetch } = useQuery(refusalFactsQuery(refusal))
  const { why, whatToDo } = causeOf(refusal, facts)
  const code = reasonOf(refusal)
  const activate = useActivateCertificate()
  return (
    <SpaceBetween size="m">
      <Alert type="error" header={visible(why)}>
        {whatToDo !== undefined && <>{visible(whatToDo)} </>}
        <span className="td-weak">
          The log says: {visible([code, refusal.details].filter((part) => part !== undefined).join(': ') || 'nothing')}
        </span>
      </Alert>
      <ActionButtons actions={[...activation(refusal, facts, activate), ...actionsOf(refusal, facts, onDebug)]} />
      {error && (
        <ErrorAlert
          error={error}
          what="What certificate and policies say now could not be read"
          onRetry={() => void refetch()}
        />
      )}
      {others.length > 0 && (
        <div>
          <Box variant="h3">Who else has this client id</Box>
          <ul className="td-plain-list">
            {others.map((other) => (
              <li key={other.refusalId}>
                <OtherParty refusal={other} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {facts && <Checks refusal={refusal} facts={facts} />}
      <Facts facts={factsOf(refusal, facts)} />
      <LogAround refusal={refusal} />
    </SpaceBetween>
  )
}

/** One click mends it where nothing but the state of the certificate is in the way. */
function activation(
  { eventType, principalId }: Refusal,
  facts: RefusalFacts | undefined,
  activate: ReturnType<typeof useActivateCertificate>,
): readonly Action[] {
  const state = facts?.certificate?.state
  const canBe = state === 'INACTIVE' || state === 'PENDING_ACTIVATION'
  return canBe && eventType === 'Connection.AuthNError' && principalId !== undefined
    ? [activate(principalId, state)]
    : []
}

function actionsOf(
  refusal: Refusal,
  facts: RefusalFacts | undefined,
  onDebug: RefusalLookProps['onDebug'],
): readonly Action[] {
  const { clientId, principalId, lastAt, lastTraceId } = refusal
  const thingName = facts?.thing?.thingName
  const simulator = simulatorHref(refusal, facts)
  const actions: (Action | false)[] = [
    simulator !== undefined && { id: 'simulator', text: 'Open in the simulator', href: simulator, isPrimary: true },
    (clientId !== undefined || principalId !== undefined) && {
      id: 'logs',
      text: 'Log around then',
      href: paths.logs({
        ...(clientId === undefined ? { principal: principalId ?? '' } : { client: clientId }),
        ...around(Date.parse(lastAt)),
      }),
    },
    clientId !== undefined && { id: 'client', text: 'Its client', href: paths.client(clientId) },
    lastTraceId !== undefined && { id: 'trace', text: 'Follow it', href: paths.trace(lastTraceId, { at: lastAt }) },
    principalId !== undefined &&
      facts?.certificate !== undefined &&
      facts.certificate.state !== 'not-registered' && {
        id: 'certificate',
        text: 'Its certificate',
        href: paths.certificate(principalId),
      },
    thingName !== undefined && {
      id: 'timeline',
      text: 'Timeline of the thing',
      href: paths.timeline(thingName, { at: lastAt }),
    },
    refusal.eventType === 'ProvisionDevice' && {
      id: 'provisioning',
      text: refusal.templateName === undefined ? 'Provisioned lately' : 'Its template',
      href:
        refusal.templateName === undefined
          ? paths.provisionedDevices()
          : paths.provisioningTemplate(refusal.templateName),
    },
    isOfAuthorizer(refusal) && {
      id: 'try-authorizer',
      text: 'Try custom authentication out',
      href: paths.tryAuthorizer({
        client: clientId,
        host: refusal.serverNameIndication,
        ...(refusal.protocol === 'HTTP' && { over: 'https' }),
      }),
    },
    clientId !== undefined && {
      id: 'debug',
      text: 'Debug this client for 15 minutes',
      needs: 'operator',
      onAction: () => onDebug(clientId),
    },
  ]
  return actions.filter((action) => action !== false)
}

/** Whether a custom authorizer had a part in it: of what its function said, the details alone tell. */
const isOfAuthorizer = (refusal: Refusal): boolean => {
  const { reason = '', details = '' } = refusal
  if (reason === 'NOT_AUTHENTICATED') return /authorizer|token/i.test(details)
  return (
    reason.startsWith('CUSTOM_AUTHORIZER_') ||
    (reason === 'AUTHORIZATION_FAILURE' && kindOfPrincipal(refusal) === 'authorizer-or-user')
  )
}

/** What policies say now, each thing that was tried on its own. */
function Checks({
  refusal,
  facts: { checks, whyNoChecks },
}: {
  readonly refusal: Refusal
  readonly facts: RefusalFacts
}) {
  if (whyNoChecks !== undefined) {
    return <Box color="text-body-secondary">What policies say now is not known: {visible(whyNoChecks)}</Box>
  }
  if (checks.length === 0) return null
  return (
    <div>
      <Box variant="h3">What policies say now</Box>
      <ul className="td-plain-list">
        {checks.map((check) => (
          <li key={`${check.action} ${check.resource}`}>
            <StatusIndicator type={check.decision === 'ALLOWED' ? 'success' : 'error'}>
              {check.action} <span className="td-mono">{visible(check.resource)}</span>: {decisionInWords(check)}
            </StatusIndicator>
            {check.decision !== 'IMPLICIT_DENY' && <Box color="text-body-secondary">{visible(check.explanation)}</Box>}
          </li>
        ))}
      </ul>
      {checks.some(({ decision }) => decision === 'IMPLICIT_DENY') && <PolicyAnswer refusal={refusal} />}
    </div>
  )
}

/** Its certificate, the thing of that, and where it is. */
function OtherParty({ refusal }: { readonly refusal: Refusal }) {
  const { data } = useQuery(refusalFactsQuery(refusal))
  const { principalId = '', sourceIps, lastAt } = refusal
  const thingName = data?.thing?.thingName
  return (
    <>
      <span className="td-mono">{visible(principalId.slice(0, 16))}…</span>
      {thingName !== undefined && (
        <>
          {' '}
          of thing{' '}
          <Link href={paths.thing(thingName, { tab: 'refusals' })}>
            <NameText text={thingName} />
          </Link>
        </>
      )}
      {sourceIps.length > 0 && visible(`, from ${sourceIps.join(', ')}`)}, dropped <Age atMs={Date.parse(lastAt)} />
    </>
  )
}

function decisionInWords({ decision, statements, refusedBefore }: RefusedCheck): string {
  if (refusedBefore !== undefined) return 'refused, whatever policies say'
  const [deciding] = statements
  const by = deciding === undefined ? '' : ` by statement ${deciding.statement} of ${deciding.policyName}`
  if (decision === 'ALLOWED') return `allowed${by}`
  return decision === 'EXPLICIT_DENY' ? `denied${by}` : 'denied, as no statement allows it'
}

function factsOf(refusal: Refusal, facts: RefusalFacts | undefined): readonly (Fact | undefined)[] {
  const { clientId, principalId, count, firstAt, lastAt, sourceIps, isClosed, serverNameIndication } = refusal
  return [
    { label: 'What', value: <span className="td-mono">{visible(whatInWords(refusal))}</span> },
    { label: 'How often', value: `${formatCount(count)}${count === 1 ? ' time' : ' times'}` },
    { label: 'Last', value: <When iso={lastAt} /> },
    { label: 'First', value: <When iso={firstAt} /> },
    clientId === undefined
      ? { label: 'Client id', value: 'not known: it was turned away before CONNECT was read' }
      : { label: 'Client id', copy: clientId },
    facts && { label: 'Thing', value: <Things facts={facts} /> },
    principalId === undefined ? undefined : { label: 'Principal', copy: principalId },
    facts?.certificate && { label: 'Its certificate now', value: <Certificate {...facts.certificate} /> },
    sourceIps.length === 0 ? undefined : { label: 'From', value: visible(sourceIps.join(', ')) },
    serverNameIndication === undefined
      ? undefined
      : { label: 'Server name that it asked for', value: visible(serverNameIndication) },
    isClosed ? { label: 'Its connection', value: 'was closed for it' } : undefined,
  ]
}

const When = ({ iso }: { readonly iso: string }) => (
  <>
    {formatDateTime(Date.parse(iso))} (<Age atMs={Date.parse(iso)} />)
  </>
)

function Things({ facts: { thing, things } }: { readonly facts: RefusalFacts }) {
  if (thing === undefined && things.length === 0) return 'none is known to be behind it'
  const names = thing === undefined ? things : [thing.thingName]
  const how =
    thing?.by === 'client id'
      ? ', by the name of the client id alone: its certificate is attached to none'
      : thing?.by === 'shadow'
        ? ', whose shadow it was about'
        : things.length > 1
          ? `, of ${things.length} that have this certificate`
          : ''
  return (
    <>
      <FirstNames
        names={names}
        count={names.length}
        most={names.length}
        show={(name) => (
          <Link href={paths.thing(name, { tab: 'refusals' })}>
            <NameText text={name} />
          </Link>
        )}
      />
      {how}
    </>
  )
}

const GOOD = 'ACTIVE'

function Certificate({ state, message, changedAt, notAfter }: RefusedCertificate) {
  if (state === 'not-registered') {
    return <StatusIndicator type="error">not registered in this account and region</StatusIndicator>
  }
  if (state === 'not-known') return <>not known: {visible(message ?? '')}</>
  return (
    <>
      <StatusIndicator type={state === GOOD ? 'success' : 'error'}>{visible(state)}</StatusIndicator>
      {changedAt !== undefined && (
        <>
          , last changed <Age atMs={Date.parse(changedAt)} />
        </>
      )}
      {notAfter !== undefined && `, good until ${notAfter.slice(0, 10)}`}
    </>
  )
}
