import type { RunContext } from './context.ts'
import type { Observations } from './observation.ts'

/** One thing that AWS IoT Core does, looked at from outside. */
export interface Check {
  /** Unique within its area: `thing-life`. Names of what it makes have it. */
  readonly id: string
  readonly does: string
  /** Whether the account has what it needs. @returns what it lacks */
  readonly lacks?: (context: RunContext) => Promise<string | undefined>
  run(context: RunContext): Promise<Observations>
}

export interface Area {
  readonly name: string
  readonly checks: readonly Check[]
}
