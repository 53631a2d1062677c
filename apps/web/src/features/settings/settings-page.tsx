import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { clockInWords } from '../../shared/clock/clock-words.ts'
import { serverClock } from '../../shared/clock/server-clock.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { DENSITIES, densityPreference, THEMES, themePreference } from '../../shared/preferences/appearance.ts'
import { BANDS, bandOf, bandsPreference } from '../../shared/preferences/environment-band.ts'
import { usePreference } from '../../shared/preferences/preferences.ts'
import { useSession } from '../../shared/session/session.tsx'
import { formatDateTime, useNow } from '../../shared/time.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'
import { OwnSessions } from './own-sessions.tsx'

const WORDS = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  compact: 'Compact',
  comfortable: 'Comfortable',
} as const

export function SettingsPage() {
  usePageChrome({ title: 'Settings', breadcrumbs: [{ text: 'Settings', href: paths.settings() }] })
  const [theme, setTheme] = usePreference(themePreference)
  const [density, setDensity] = usePreference(densityPreference)
  return (
    <SpaceBetween size="m">
      <PageHeader description="How the console looks in this browser, and where you are signed in.">
        Settings
      </PageHeader>
      <Container
        header={
          <Header variant="h2" description="These choices are kept in this browser.">
            Appearance
          </Header>
        }
      >
        <SpaceBetween size="l">
          <FormField label="Theme">
            <SegmentedControl
              label="Theme"
              selectedId={theme}
              options={THEMES.map((id) => ({ id, text: WORDS[id] }))}
              onChange={({ detail }) => {
                const chosen = THEMES.find((id) => id === detail.selectedId)
                if (chosen) setTheme(chosen)
              }}
            />
          </FormField>
          <FormField label="Density" description="Compact shows more rows on a screen.">
            <SegmentedControl
              label="Density"
              selectedId={density}
              options={DENSITIES.map((id) => ({ id, text: WORDS[id] }))}
              onChange={({ detail }) => {
                const chosen = DENSITIES.find((id) => id === detail.selectedId)
                if (chosen) setDensity(chosen)
              }}
            />
          </FormField>
        </SpaceBetween>
      </Container>
      <EnvironmentSettings />
      <OwnSessions />
      <TimeZoneNote />
    </SpaceBetween>
  )
}

const BAND_WORDS = { none: 'None', green: 'Green', blue: 'Blue', purple: 'Purple', amber: 'Amber', red: 'Red' } as const

function EnvironmentSettings() {
  const session = useSession()
  const { environment, account, accountAlias, region, person } = session
  const [bands, setBands] = usePreference(bandsPreference)
  return (
    <Container header={<Header variant="h2">Environment</Header>}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={4}
          items={[
            {
              label: 'Environment',
              value:
                environment === session.environmentKind ? environment : `${environment} (${session.environmentKind})`,
            },
            { label: 'AWS account', value: accountAlias === undefined ? account : `${account} (${accountAlias})` },
            { label: 'Region', value: region },
            { label: 'You are', value: <Copyable what="your id" text={person.id} /> },
          ]}
        />
        <FormField
          label={`Colour band of ‘${environment}’`}
          description={`Runs below the top bar wherever this console stands on ${environment} (account ${account}, ${region}), so that production is never mistaken for another environment. Without a colour, the words stay.`}
        >
          <SegmentedControl
            label="Colour band"
            selectedId={bandOf(bands, session)}
            options={BANDS.map((id) => ({ id, text: BAND_WORDS[id] }))}
            onChange={({ detail }) => {
              const band = BANDS.find((id) => id === detail.selectedId)
              if (band) setBands({ ...bands, [environment]: band })
            }}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  )
}

function TimeZoneNote() {
  const nowMs = useNow()
  const wrong = clockInWords(serverClock.aheadMs)
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return (
    <Container header={<Header variant="h2">Time</Header>}>
      <Box>
        Times are shown in the time zone of this computer, {timeZone}: it is now{' '}
        <span className="td-mono">{formatDateTime(nowMs)}</span>. The offset stands on hover; exports and copies are in
        UTC (ISO 8601).
      </Box>
      {wrong !== undefined && <StatusIndicator type="warning">{wrong}</StatusIndicator>}
    </Container>
  )
}
