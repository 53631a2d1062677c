import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionButtons } from '../../../shared/action/action-buttons.tsx'
import { DebugClientDialog } from '../../../shared/iot-logs/debug-client-dialog.tsx'
import { loggingQuery } from '../../../shared/iot-logs/iot-log-queries.ts'
import { RunningDebugs } from '../../../shared/iot-logs/running-debugs.tsx'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import type { TraceRead } from '../api.ts'
import { notLogged, type Trace, traceOf } from '../model.ts'
import { CauseFacts } from './cause-facts.tsx'
import { Deliveries } from './deliveries.tsx'
import { EntriesTable } from './entries-table.tsx'
import { Rules } from './rules.tsx'

interface TraceViewProps {
  readonly query: UseQueryResult<TraceRead>
  /** Reads a day around it, too; undefined: that was done. */
  readonly onWiden: (() => void) | undefined
}

/** What became of one request: who caused it, to whom it went, what rules did, on one axis. */
export function TraceView({ query, onWiden }: TraceViewProps) {
  const { data, error, refetch } = query
  if (error) return <ErrorAlert error={error} what="The trace could not be read" onRetry={() => void refetch()} />
  if (data === undefined) return <Loading what="trace" />
  if (data.outcome === 'not-allowed') {
    return (
      <Alert type="warning" header="The console may not read the log entries">
        {visible(data.message ?? '')}
      </Alert>
    )
  }
  if (data.entries.length === 0) return <NothingLogged onWiden={onWiden} />
  return <Found trace={traceOf(data.entries)} isWhole={data.isWhole} query={query} onWiden={onWiden} />
}

function NothingLogged({ onWiden }: Pick<TraceViewProps, 'onWiden'>) {
  return (
    <Alert
      type="info"
      header="Nothing of this trace is in the log"
      action={
        <SpaceBetween direction="horizontal" size="xs">
          {onWiden && <Button onClick={onWiden}>Search a day around it</Button>}
          <Button href={paths.logSettings()}>Logging settings</Button>
        </SpaceBetween>
      }
    >
      CloudWatch Logs has entries some seconds after they happened, and this page looks again. What is older than the
      log group keeps is gone, and what the level leaves out was never written.
    </Alert>
  )
}

interface FoundProps extends TraceViewProps {
  readonly trace: Trace
  readonly isWhole: boolean
}

function Found({ trace, isWhole, query, onWiden }: FoundProps) {
  const { cause, deliveries, rules } = trace
  const { data: logging } = useQuery(loggingQuery)
  const [debugged, setDebugged] = useState<string>()
  const missing = notLogged(trace, logging?.status === 'on' ? logging.defaultLogLevel : undefined)
  const clientId = cause?.clientId ?? trace.entries.find((entry) => entry.clientId !== undefined)?.clientId
  const isMessage = cause === undefined || cause.eventType === 'Publish-In' || cause.eventType === 'SendDirectMessage'
  return (
    <SpaceBetween size="m">
      {missing.length > 0 && (
        <Alert
          type="info"
          header="The level of the log does not suffice for all of it"
          action={
            clientId !== undefined && (
              <ActionButtons
                actions={[
                  {
                    id: 'debug',
                    text: 'Debug this client for 15 minutes',
                    needs: 'operator',
                    onAction: () => setDebugged(clientId),
                  },
                ]}
              />
            )
          }
        >
          {missing.map((sentence) => (
            <div key={sentence}>{sentence}</div>
          ))}
          <div>A client's level counts for its own entries: a delivery is an entry of its receiver.</div>
        </Alert>
      )}
      <RunningDebugs {...(clientId !== undefined && { clientId })} />
      {!isWhole && <Alert type="warning">It has more entries than are read here: the first ones are shown.</Alert>}
      {cause && <CauseFacts trace={trace} cause={cause} />}
      {isMessage && <Deliveries deliveries={deliveries} trace={trace} isLogged={missing.length === 0} />}
      {rules.length > 0 && <Rules rules={rules} trace={trace} />}
      <EntriesTable trace={trace} query={query} />
      {onWiden && (
        <Container header={<Header variant="h2">Later</Header>}>
          <SpaceBetween size="xs">
            <Box>
              Ten minutes around it were read. A message that is queued for a client that is away may go out much later.
            </Box>
            <Button onClick={onWiden}>Search a day around it</Button>
          </SpaceBetween>
        </Container>
      )}
      {debugged !== undefined && <DebugClientDialog clientId={debugged} onClose={() => setDebugged(undefined)} />}
    </SpaceBetween>
  )
}
