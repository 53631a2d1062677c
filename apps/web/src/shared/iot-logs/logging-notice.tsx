import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { useQuery } from '@tanstack/react-query'
import { type IotLogPage, logsSuccesses } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../action/action-buttons.tsx'
import { paths } from '../paths.ts'
import { visible } from '../text/visible.tsx'
import { loggingQuery } from './iot-log-queries.ts'
import { TurnOnLogging } from './turn-on-logging.tsx'

/** Why there may be nothing to read, or not all, and what to do about it. */
export function LoggingNotice({
  outcome,
  message,
}: {
  readonly outcome: IotLogPage['outcome'] | undefined
  readonly message: string | undefined
}) {
  const { data: logging } = useQuery(loggingQuery)
  const [isTurningOn, setTurningOn] = useState(false)
  if (outcome === 'not-allowed') {
    return (
      <Alert type="warning" header="The console may not read the log entries">
        The role that the console runs by needs <code>logs:FilterLogEvents</code> on the log group{' '}
        <code>AWSIotLogsV2</code>. AWS says: {visible(message ?? 'access denied')}
      </Alert>
    )
  }
  const isOff = logging?.status === 'off' || logging?.status === 'not-configured'
  if (!isOff && outcome !== 'logging-off') return null
  return (
    <>
      <Alert
        type="info"
        header={logging?.status === 'off' ? 'Logging is turned off' : 'AWS IoT logs nothing so far'}
        action={<ActionButton id="turn-on" text="Turn on logging" needs="admin" onAction={() => setTurningOn(true)} />}
      >
        {outcome === 'entries'
          ? 'What is listed here was logged before. '
          : 'Connects, refusals, messages and rules are written to CloudWatch Logs once AWS IoT is told to. '}
        It takes a role by which AWS IoT may write there, and a level.
      </Alert>
      {isTurningOn && <TurnOnLogging logging={logging} onClose={() => setTurningOn(false)} />}
    </>
  )
}

/** Below the level of the account, much is not logged at all: said where entries are missed. */
export function LevelNotice() {
  const { data: logging } = useQuery(loggingQuery)
  if (logging?.status !== 'on' || logging.defaultLogLevel === undefined) return null
  if (logsSuccesses(logging.defaultLogLevel)) return null
  return (
    <Alert type="info" action={<Button href={paths.logSettings()}>Logging settings</Button>}>
      {logging.defaultLogLevel === 'DISABLED'
        ? 'Nothing is logged but of what has a level of its own.'
        : `The account logs at ${logging.defaultLogLevel}: what succeeds, such as connects and deliveries, is not logged.`}
    </Alert>
  )
}
