import { applyDensity, applyMode, Density, Mode } from '@cloudscape-design/global-styles'
import { createPreference } from './preferences.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
export const DENSITIES = ['compact', 'comfortable'] as const
export type DensityChoice = (typeof DENSITIES)[number]

export const themePreference = createPreference<Theme>(
  'theme',
  (stored) => THEMES.find((theme) => theme === stored) ?? 'system',
)
export const densityPreference = createPreference<DensityChoice>(
  'density',
  (stored) => DENSITIES.find((density) => density === stored) ?? 'compact',
)

/** Applies theme and density to the page, now and whenever the choice, or the system's, changes. */
export function followAppearance(): void {
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const theme = themePreference.get()
    const dark = theme === 'dark' || (theme === 'system' && systemIsDark.matches)
    applyMode(dark ? Mode.Dark : Mode.Light)
    applyDensity(densityPreference.get() === 'compact' ? Density.Compact : Density.Comfortable)
  }
  systemIsDark.addEventListener('change', apply)
  themePreference.subscribe(apply)
  densityPreference.subscribe(apply)
  apply()
}
