import { oneOf } from './one-of.ts'

/** What an environment is for: how carefully one acts in it, and how plainly pages say which one it is. */
export const ENVIRONMENT_KINDS = ['embedded', 'development', 'staging', 'production'] as const
export type EnvironmentKind = (typeof ENVIRONMENT_KINDS)[number]

export const EnvironmentKind = oneOf(ENVIRONMENT_KINDS, {
  description: 'What the environment is for; an AWS account that nobody has named counts as `production`',
})
