import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { paths } from '../../shared/paths.ts'
import { DENSITIES, densityPreference, THEMES, themePreference } from '../../shared/preferences/appearance.ts'
import { usePreference } from '../../shared/preferences/preferences.ts'

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
      <Header variant="h1" description="These choices are kept in this browser.">
        Settings
      </Header>
      <Container header={<Header variant="h2">Appearance</Header>}>
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
    </SpaceBetween>
  )
}
