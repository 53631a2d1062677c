import type { Command } from '../../shared/feature/command.ts'
import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { DENSITIES, densityPreference, THEMES, themePreference } from '../../shared/preferences/appearance.ts'

const themes = THEMES.map(
  (theme): Command => ({
    id: `theme ${theme}`,
    group: 'Actions',
    title: theme === 'system' ? "Use the system's theme" : `Use the ${theme} theme`,
    run: () => themePreference.set(theme),
  }),
)

const densities = DENSITIES.map(
  (density): Command => ({
    id: `density ${density}`,
    group: 'Actions',
    title: `Use the ${density} density`,
    run: () => densityPreference.set(density),
  }),
)

export const settings: Feature = {
  name: 'settings',
  pages: [
    definePage({
      path: ADDRESSES.settings,
      load: async () => (await import('./settings-page.tsx')).SettingsPage,
      help: async () => (await import('./help.ts')).settingsHelp,
    }),
  ],
  navigation: [
    { section: 'bottom', place: 20, title: 'Settings', href: paths.settings(), keys: 'g s', does: 'Go to settings' },
  ],
  commands: [...themes, ...densities],
}
