import type { Writer } from '../writers.ts'
import { births } from './birth-writers.ts'
import { CommandExecutions } from './commands.ts'
import { ContinuousJob, Rollouts } from './jobs.ts'
import { RuleActions } from './rules.ts'
import { Searches } from './searches.ts'

/** Work that takes the server several steps, and goes on by itself after its end. */
export const workWriters = (): readonly Writer[] => [
  new Rollouts(),
  new ContinuousJob(),
  new CommandExecutions(),
  ...births(),
  new RuleActions(),
  new Searches(),
]
