import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { Logging } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { Facts } from '../../shared/details/facts.tsx'
import { loggingQuery } from '../../shared/iot-logs/iot-log-queries.ts'
import { RunningDebugs } from '../../shared/iot-logs/running-debugs.tsx'
import { TurnOnLogging } from '../../shared/iot-logs/turn-on-logging.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { visible } from '../../shared/text/visible.tsx'
import { EventLevels } from './components/event-levels.tsx'
import { TargetLevels } from './components/target-levels.tsx'
import { TurnOffLogging } from './components/turn-off-logging.tsx'
import type { LogSettingsSearch } from './settings-search.ts'

/** How AWS IoT is told to log: the account, event types, targets. */
export function LogSettingsPage({ search, setSearch }: SearchProps<LogSettingsSearch>) {
  const query = useQuery(loggingQuery)
  const [asked, setAsked] = useState<'on' | 'off'>()
  const logging = query.data
  return (
    <>
      <DetailsPage
        title="Logging settings"
        breadcrumbs={[
          { text: 'Logs', href: paths.logs() },
          { text: 'Settings', href: paths.logSettings() },
        ]}
        status={logging && <LoggingStatus logging={logging} />}
        actions={logging ? actionsOf(logging, setAsked) : []}
        what="logging settings"
        query={query}
        notFound="There are no logging settings"
        content={(logging: Logging) => <Settings logging={logging} search={search} setSearch={setSearch} />}
      />
      {asked === 'on' && <TurnOnLogging logging={logging} onClose={() => setAsked(undefined)} />}
      {asked === 'off' && <TurnOffLogging onClose={() => setAsked(undefined)} />}
    </>
  )
}

function actionsOf({ status }: Logging, ask: (what: 'on' | 'off') => void): readonly Action[] {
  if (status === 'unavailable' || status === 'not-allowed') return []
  if (status !== 'on') {
    return [{ id: 'on', text: 'Turn on logging', needs: 'admin', isPrimary: true, onAction: () => ask('on') }]
  }
  return [
    { id: 'change', text: 'Change level or role', needs: 'admin', onAction: () => ask('on') },
    { id: 'off', text: 'Turn off logging', needs: 'admin', onAction: () => ask('off') },
  ]
}

function LoggingStatus({ logging: { status, defaultLogLevel } }: { readonly logging: Logging }) {
  switch (status) {
    case 'on':
      return <StatusIndicator type="success">AWS IoT logs at {defaultLogLevel ?? 'levels of its own'}</StatusIndicator>
    case 'off':
      return <StatusIndicator type="stopped">All logs are turned off</StatusIndicator>
    case 'not-configured':
      return <StatusIndicator type="stopped">AWS IoT was never told to log</StatusIndicator>
    case 'not-allowed':
      return <StatusIndicator type="warning">The console may not ask</StatusIndicator>
    case 'unavailable':
      return <StatusIndicator type="warning">There are no such settings here</StatusIndicator>
  }
}

function Settings({ logging, search, setSearch }: SearchProps<LogSettingsSearch> & { readonly logging: Logging }) {
  const { status, message, defaultLogLevel, roleArn } = logging
  if (status === 'not-allowed' || status === 'unavailable') {
    return (
      <Alert type="warning">
        {status === 'not-allowed' && (
          <>
            The role that the console runs by needs <code>iot:GetV2LoggingOptions</code> and{' '}
            <code>iot:ListV2LoggingLevels</code>.{' '}
          </>
        )}
        AWS says: {visible(message ?? '–')}
      </Alert>
    )
  }
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Account</Header>}>
        <Facts
          facts={[
            { label: 'Level', value: defaultLogLevel ?? '–' },
            { label: 'Role that AWS IoT writes by', copy: roleArn, what: 'role' },
            {
              label: 'What goes before what',
              value: 'The level of a target, then that of the event type, then that of the account.',
            },
          ]}
        />
      </Container>
      <RunningDebugs />
      {status !== 'not-configured' && (
        <SpaceBetween size="m">
          <TargetLevels search={search} setSearch={setSearch} />
          <EventLevels logging={logging} />
        </SpaceBetween>
      )}
    </SpaceBetween>
  )
}
