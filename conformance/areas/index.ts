import type { Area } from '../check.ts'
import { broker } from './broker.ts'
import { certificates } from './certificates.ts'
import { commands } from './commands.ts'
import { credentials } from './credentials.ts'
import { events } from './events.ts'
import { indexing } from './indexing.ts'
import { jobs } from './jobs.ts'
import { policies } from './policies.ts'
import { provisioning } from './provisioning.ts'
import { registry } from './registry.ts'
import { rules } from './rules.ts'
import { settings } from './settings.ts'
import { shadows } from './shadows.ts'
import { software } from './software.ts'

/** In the order in which they run. */
export const AREAS: readonly Area[] = [
  ...[registry, certificates, policies, broker, shadows, rules, jobs, commands],
  ...[indexing, provisioning, credentials, events, software, settings],
]
