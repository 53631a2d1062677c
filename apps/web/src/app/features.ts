import { activity } from '../features/activity/feature.ts'
import { authorizers } from '../features/authorizers/feature.ts'
import { billingGroups } from '../features/billing-groups/feature.ts'
import { bulkChanges } from '../features/bulk-changes/feature.ts'
import { certificateAuthorities } from '../features/certificate-authorities/feature.ts'
import { certificates } from '../features/certificates/feature.ts'
import { clients } from '../features/clients/feature.ts'
import { commands } from '../features/commands/feature.ts'
import { domainConfigurations } from '../features/domain-configurations/feature.ts'
import { events } from '../features/events/feature.ts'
import { fleetMetrics } from '../features/fleet-metrics/feature.ts'
import { iamPeople } from '../features/iam-people/feature.ts'
import { identities } from '../features/identities/feature.ts'
import { jobs } from '../features/jobs/feature.ts'
import { live } from '../features/live/feature.ts'
import { logs } from '../features/logs/feature.ts'
import { metrics } from '../features/metrics/feature.ts'
import { onboarding } from '../features/onboarding/feature.ts'
import { overview } from '../features/overview/feature.ts'
import { packages } from '../features/packages/feature.ts'
import { permissions } from '../features/permissions/feature.ts'
import { policies } from '../features/policies/feature.ts'
import { provisioning } from '../features/provisioning/feature.ts'
import { refusals } from '../features/refusals/feature.ts'
import { registration } from '../features/registration/feature.ts'
import { rehearsal } from '../features/rehearsal/feature.ts'
import { retainedMessages } from '../features/retained-messages/feature.ts'
import { roleAliases } from '../features/role-aliases/feature.ts'
import { rotations } from '../features/rotations/feature.ts'
import { ruleDestinations } from '../features/rule-destinations/feature.ts'
import { rules } from '../features/rules/feature.ts'
import { settings } from '../features/settings/feature.ts'
import { shadow } from '../features/shadow/feature.ts'
import { simulator } from '../features/simulator/feature.ts'
import { streams } from '../features/streams/feature.ts'
import { thingGroups } from '../features/thing-groups/feature.ts'
import { thingTypes } from '../features/thing-types/feature.ts'
import { things } from '../features/things/feature.ts'
import { timeline } from '../features/timeline/feature.ts'
import { trace } from '../features/trace/feature.ts'
import type { Feature } from '../shared/feature/feature.ts'

/** What the console consists of. The palette shows what it finds in this order. */
export const FEATURES: readonly Feature[] = [
  overview,
  things,
  onboarding,
  thingTypes,
  thingGroups,
  billingGroups,
  clients,
  registration,
  jobs,
  commands,
  packages,
  streams,
  rules,
  ruleDestinations,
  live,
  retainedMessages,
  shadow,
  timeline,
  refusals,
  bulkChanges,
  certificates,
  certificateAuthorities,
  policies,
  provisioning,
  rehearsal,
  simulator,
  permissions,
  rotations,
  roleAliases,
  authorizers,
  domainConfigurations,
  identities,
  iamPeople,
  metrics,
  fleetMetrics,
  events,
  logs,
  trace,
  activity,
  settings,
]
