import { audit } from './audit/module.ts'
import { authorization } from './authorization/module.ts'
import { authorizers } from './authorizers/module.ts'
import { billingGroups } from './billing-groups/module.ts'
import { bulkChanges } from './bulk-changes/module.ts'
import { certificateAuthorities } from './certificate-authorities/module.ts'
import { certificates } from './certificates/module.ts'
import { clients } from './clients/module.ts'
import { commandButtons } from './command-buttons/module.ts'
import { commands } from './commands/module.ts'
import { domainConfigurations } from './domain-configurations/module.ts'
import { eventConfigurations } from './event-configurations/module.ts'
import { fleetMetrics } from './fleet-metrics/module.ts'
import { iamPeople } from './iam-people/module.ts'
import { identityPools } from './identity-pools/module.ts'
import { iotLogs } from './iot-logs/module.ts'
import { iotRoles } from './iot-roles/module.ts'
import { jobTemplates } from './job-templates/module.ts'
import { jobs } from './jobs/module.ts'
import { logging } from './logging/module.ts'
import { messageAuthorization } from './message-authorization/module.ts'
import { metrics } from './metrics/module.ts'
import type { Module } from './module.ts'
import { overview } from './overview/module.ts'
import { policies } from './policies/module.ts'
import { provisioning } from './provisioning/module.ts'
import { refusals } from './refusals/module.ts'
import { registrationTasks } from './registration-tasks/module.ts'
import { registrations } from './registrations/module.ts'
import { retainedMessages } from './retained-messages/module.ts'
import { roleAliases } from './role-aliases/module.ts'
import { rotations } from './rotations/module.ts'
import { ruleCalls } from './rule-calls/module.ts'
import { ruleCases } from './rule-cases/module.ts'
import { ruleDestinations } from './rule-destinations/module.ts'
import { ruleTargets } from './rule-targets/module.ts'
import { rules } from './rules/module.ts'
import { savedViews } from './saved-views/module.ts'
import { session } from './session/module.ts'
import { shadows } from './shadows/module.ts'
import { softwarePackages } from './software-packages/module.ts'
import { streams } from './streams/module.ts'
import { tags } from './tags/module.ts'
import { thingGroups } from './thing-groups/module.ts'
import { thingTopics } from './thing-topics/module.ts'
import { thingTypes } from './thing-types/module.ts'
import { things } from './things/module.ts'
import { timeline } from './timeline/module.ts'
import { writeReports } from './write-reports/module.ts'

/** The one list of modules. */
export const modules: readonly Module[] = [
  session,
  things,
  thingTypes,
  thingGroups,
  billingGroups,
  tags,
  clients,
  timeline,
  certificates,
  certificateAuthorities,
  policies,
  roleAliases,
  authorizers,
  domainConfigurations,
  identityPools,
  iamPeople,
  rules,
  iotRoles,
  ruleDestinations,
  ruleCalls,
  ruleCases,
  ruleTargets,
  rotations,
  registrations,
  registrationTasks,
  provisioning,
  shadows,
  iotLogs,
  metrics,
  fleetMetrics,
  overview,
  eventConfigurations,
  logging,
  messageAuthorization,
  refusals,
  authorization,
  retainedMessages,
  bulkChanges,
  jobs,
  jobTemplates,
  commands,
  commandButtons,
  softwarePackages,
  streams,
  audit,
  writeReports,
  savedViews,
  thingTopics,
]
