import type { EnvironmentKind, Session } from '@thingdeck/contract'
import { createPreference } from './preferences.ts'

/** Colours that tell environments apart at a glance. */
export const BANDS = ['none', 'green', 'blue', 'purple', 'amber', 'red'] as const
export type Band = (typeof BANDS)[number]

/** By the environment's label. */
export type Bands = Readonly<Record<string, Band>>

export const bandsPreference = createPreference<Bands>('bands', (stored) => {
  if (typeof stored !== 'object' || stored === null) return {}
  return Object.fromEntries(
    Object.entries(stored).flatMap(([environment, value]) => {
      const band = BANDS.find((each) => each === value)
      return band ? [[environment, band]] : []
    }),
  )
})

/** Unless a person chose another one. */
const OF_KIND: Readonly<Record<EnvironmentKind, Band>> = {
  embedded: 'none',
  development: 'blue',
  staging: 'amber',
  production: 'red',
}

export const bandOf = (
  bands: Bands,
  { environment, environmentKind }: Pick<Session, 'environment' | 'environmentKind'>,
): Band => (Object.hasOwn(bands, environment) ? bands[environment] : undefined) ?? OF_KIND[environmentKind]
