import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ClientDebug, endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { paths } from '../paths.ts'
import { useWhyNot } from '../session/session.tsx'
import { NameText } from '../text/name-text.tsx'
import { visible } from '../text/visible.tsx'
import { visibleText } from '../text/visible-text.ts'
import { formatDateTime, formatSpan, useNow } from '../time.tsx'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { DEBUG_MINUTES } from './debug-client-dialog.tsx'
import { clientDebugsQuery, LOGGING } from './iot-log-queries.ts'

interface RunningDebugsProps {
  /** Of this client alone. */
  readonly clientId?: string
}

/** The clients that are logged at DEBUG at present: until when, by whom, and what can be done about it. */
export function RunningDebugs({ clientId }: RunningDebugsProps) {
  const { data } = useQuery(clientDebugsQuery)
  const running = (data?.clientDebugs ?? []).filter(
    (debug) => debug.endedAt === undefined && (clientId === undefined || debug.clientId === clientId),
  )
  if (data === undefined || running.length === 0) return null
  return (
    <section aria-label="Clients that are debugged">
      <SpaceBetween size="xs">
        {running.map((debug) => (
          <RunningDebug key={debug.clientDebugId} debug={debug} lasts={data.lasts} />
        ))}
      </SpaceBetween>
    </section>
  )
}

function RunningDebug({ debug, lasts }: { readonly debug: ClientDebug; readonly lasts: boolean }) {
  const { clientDebugId, clientId, state, failure, startedBy, until } = debug
  const client = useQueryClient()
  const whyNot = useWhyNot('operator')
  const params = { clientDebugId }
  const done = () => void client.invalidateQueries({ queryKey: LOGGING })
  const extend = useMutation({
    mutationFn: () => api(endpoints.extendClientDebug, { params, body: { minutes: DEBUG_MINUTES } }),
    onSettled: done,
  })
  const stop = useMutation({ mutationFn: () => api(endpoints.stopClientDebug, { params }), onSettled: done })
  const isBusy = extend.isPending || stop.isPending
  const disabled = whyNot === undefined ? {} : { disabled: true, disabledReason: whyNot }
  const error = extend.error ?? stop.error
  return (
    <SpaceBetween size="xxs">
      <SpaceBetween direction="horizontal" size="s" alignItems="center">
        <StatusIndicator type={failure === undefined ? 'in-progress' : 'warning'}>
          <Link href={paths.logs({ client: clientId, last: '15m' })}>
            <NameText text={clientId} />
          </Link>{' '}
          is logged at DEBUG, {state === 'running' ? <Remaining untilMs={Date.parse(until)} /> : 'and is put back'};{' '}
          started by {visible(startedBy)}
          {debug.before !== undefined && `, before ${debug.before}`}
          {failure !== undefined && <>. It could not be put back so far, and is tried again: {visible(failure)}</>}
          {!lasts && '. This console keeps nothing: ended by force, it would leave the client at DEBUG'}
        </StatusIndicator>
        {state === 'running' && (
          <>
            <Button
              ariaLabel={`Debug ${visibleText(clientId)} for ${DEBUG_MINUTES} minutes from now`}
              disabled={isBusy}
              onClick={() => extend.mutate()}
              {...disabled}
            >
              Extend
            </Button>
            <Button
              ariaLabel={`Stop debugging ${visibleText(clientId)}`}
              loading={stop.isPending}
              disabled={isBusy}
              onClick={() => stop.mutate()}
              {...disabled}
            >
              Stop
            </Button>
          </>
        )}
      </SpaceBetween>
      {error && <ErrorAlert error={error} what={`Debugging ${visibleText(clientId)} could not be changed`} />}
    </SpaceBetween>
  )
}

function Remaining({ untilMs }: { readonly untilMs: number }) {
  const leftMs = untilMs - useNow()
  return (
    <span title={formatDateTime(untilMs)}>{leftMs <= 0 ? 'and is put back now' : `${formatSpan(leftMs)} left`}</span>
  )
}
