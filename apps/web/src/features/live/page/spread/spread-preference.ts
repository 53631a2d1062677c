import type { SpreadMode, SpreadSettings } from '../../../../shared/mqtt/status.ts'
import { createPreference } from '../../../../shared/preferences/preferences.ts'

export const SPREAD_MODES: readonly SpreadMode[] = ['off', 'offer', 'auto']
export const CONNECTION_CHOICES = [2, 4, 8, 12, 20] as const

const DEFAULT: SpreadSettings = { mode: 'offer', maxConnections: 8 }

/** Whether and how far the streams may be spread over several connections. */
export const spreadPreference = createPreference<SpreadSettings>('live.spread', (stored) => {
  if (typeof stored !== 'object' || stored === null) return DEFAULT
  const { mode, maxConnections }: Record<string, unknown> = { ...stored }
  return {
    mode: SPREAD_MODES.find((each) => each === mode) ?? DEFAULT.mode,
    maxConnections: CONNECTION_CHOICES.find((each) => each === maxConnections) ?? DEFAULT.maxConnections,
  }
})
