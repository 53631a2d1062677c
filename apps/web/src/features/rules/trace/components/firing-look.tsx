import './trace.css'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { IotLogEntry, RulePayload } from '@thingdeck/contract'
import { Facts } from '../../../../shared/details/facts.tsx'
import { eventWords } from '../../../../shared/iot-logs/event-kinds.ts'
import { paths } from '../../../../shared/paths.ts'
import { actionTitleOf } from '../../../../shared/rule-failures/action-labels.ts'
import { failureOf } from '../../../../shared/rule-failures/failure-of-entry.ts'
import { failureWords } from '../../../../shared/rule-failures/failure-words.ts'
import { VisibleText, visible } from '../../../../shared/text/visible.tsx'
import { formatDateTime, formatTimeOfDay } from '../../../../shared/time.tsx'
import { ErrorAlert } from '../../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../../shared/ui/loading.tsx'
import { firingQuery } from '../api.ts'
import type { ActionRun, Firing } from '../firings.ts'
import { runOfErrorAction, whatBecameOfIt } from '../outcome.ts'
import { emptyTemplatesOf, placeOfRun } from '../run-place.ts'
import { CureLink, OUTCOMES } from './firing-cells.tsx'

interface FiringLookProps {
  readonly ruleName: string
  readonly payload: RulePayload
  /** As the list has it, which may have a part of its entries. */
  readonly listed: Firing
}

/** One message at a rule: what each action did with it, why not, and what to do. */
export function FiringLook({ ruleName, payload, listed }: FiringLookProps) {
  const { data, error, isPending, refetch } = useQuery({
    ...firingQuery(ruleName, listed),
    enabled: listed.traceId !== undefined,
  })
  const firing = data ?? listed
  const { topic, clientId, traceId, at } = firing
  const atMs = Date.parse(at)
  const message = { topic, client: clientId, at }
  const becameOfIt = whatBecameOfIt(firing, payload)
  const errorRun = runOfErrorAction(firing, payload)
  return (
    <SpaceBetween size="m">
      {error && (
        <ErrorAlert error={error} what="The rest of the trace could not be read" onRetry={() => void refetch()} />
      )}
      {isPending && listed.traceId !== undefined && <Loading what="trace" />}
      <SpaceBetween direction="horizontal" size="xs">
        {topic !== undefined && (
          <Button href={paths.rule(ruleName, { tab: 'rehearsal', ...message })}>Rehearse this message</Button>
        )}
        {traceId !== undefined && <Button href={paths.trace(traceId, { at })}>Trace of the message</Button>}
      </SpaceBetween>
      <ul className="td-firing-runs">
        {firing.failures.map((entry) => (
          <li key={entry.eventId}>
            <FailedPart what="The rule" entry={entry} ruleName={ruleName} message={message} />
          </li>
        ))}
        {firing.runs.map((run) => (
          <li key={run.entry.eventId}>
            <RunPart
              run={run}
              isErrorAction={run === errorRun}
              action={run === errorRun ? 'error' : placeOfRun(run, payload)}
              rule={payload}
              ruleName={ruleName}
              message={message}
            />
          </li>
        ))}
        {firing.runs.length === 0 && firing.failures.length === 0 && (
          <li>FROM matched, and no action is logged: WHERE was false or undefined, or the level is below INFO.</li>
        )}
      </ul>
      {becameOfIt !== undefined && <Box variant="p">{becameOfIt}</Box>}
      <Facts
        columns={2}
        facts={[
          { label: 'When', value: `${formatDateTime(atMs)}, ${formatTimeOfDay(atMs).slice(9)} ms` },
          { label: 'Topic', copy: topic },
          {
            label: 'Client id',
            value:
              clientId === undefined ? (
                'none: published over HTTPS, or by AWS IoT'
              ) : (
                <Link href={paths.client(clientId)}>{visible(clientId)}</Link>
              ),
          },
          { label: 'Trace id', copy: traceId },
          firing.principalId === undefined ? undefined : { label: 'Principal', copy: firing.principalId },
          {
            label: 'Message',
            value:
              "AWS IoT's log does not carry payloads. Rehearsing takes it from Live messages, where those kept it.",
          },
        ]}
      />
      <ExpandableSection headerText={`Entries (${firing.entries.length})`} headingTagOverride="h3">
        {firing.entries.map((entry) => (
          <div key={entry.eventId}>
            <Box variant="small">
              {formatTimeOfDay(Date.parse(entry.at))} {eventWords(entry) ?? entry.eventType}
            </Box>
            <pre className="td-payload">{visible(entry.message, true)}</pre>
          </div>
        ))}
      </ExpandableSection>
    </SpaceBetween>
  )
}

type Message = { readonly topic: string | undefined; readonly client: string | undefined; readonly at: string }

interface PartProps {
  readonly ruleName: string
  /** Which action it is about; undefined for the rule itself, and where that is not known. */
  readonly action?: string | undefined
  readonly message: Message
}

function RunPart({
  run,
  isErrorAction,
  rule,
  ...part
}: PartProps & { readonly run: ActionRun; readonly isErrorAction: boolean; readonly rule: RulePayload }) {
  const { label, outcome, entry, resources } = run
  const what = `${isErrorAction ? 'Error action ' : ''}${actionTitleOf(label)}`
  if (outcome === 'failed') return <FailedPart what={what} entry={entry} {...part} />
  const [type, words] = OUTCOMES[outcome]
  const target = Object.entries(resources).map(([name, value]) => `${name} ${value}`)
  return (
    <>
      <StatusIndicator type={type}>
        {visible(what)}: {words}
      </StatusIndicator>
      {target.length > 0 && <div className="td-why-says td-mono">{visible(target.join(', '))}</div>}
      {outcome === 'done' && <EmptyTemplates run={run} action={part.action} rule={rule} ruleName={part.ruleName} />}
    </>
  )
}

function FailedPart({
  what,
  entry,
  ruleName,
  action,
  message,
}: PartProps & { readonly what: string; readonly entry: IotLogEntry }) {
  const words = failureWords(failureOf(entry))
  return (
    <>
      <StatusIndicator type="error">
        {visible(what)}: <VisibleText text={words.why} />
      </StatusIndicator>
      <div className="td-why-says">
        <VisibleText text={words.cure} />{' '}
        <CureLink place={words.place} ruleName={ruleName} action={action} message={message} />
      </div>
      {entry.details !== undefined && (
        <div className="td-why-says td-weak">
          AWS IoT logged: <VisibleText text={entry.details} />
        </div>
      )}
    </>
  )
}

interface EmptyTemplatesProps {
  readonly run: ActionRun
  readonly action: string | undefined
  readonly rule: RulePayload
  readonly ruleName: string
}

/** An action that was done, with something else than was meant: a template of it had nothing to say. */
function EmptyTemplates({ run, action, rule, ruleName }: EmptyTemplatesProps) {
  const empty = emptyTemplatesOf(run, action, rule)
  if (empty.length === 0) return null
  return (
    <div className="td-why-says">
      <StatusIndicator type="warning">
        It was done, and {empty.join(', ')} was empty: the message had no value for it.
      </StatusIndicator>{' '}
      <CureLink place="rule" ruleName={ruleName} action={action} />
    </div>
  )
}
