import { auditEndpoints } from './audit.ts'
import { authorizationEndpoints } from './authorization.ts'
import { authorizerEndpoints } from './authorizers.ts'
import { billingGroupEndpoints } from './billing-groups.ts'
import { bulkChangeEndpoints } from './bulk-changes.ts'
import { certificateAuthorityEndpoints } from './certificate-authorities.ts'
import { certificateEndpoints } from './certificates.ts'
import { clientEndpoints } from './clients.ts'
import { commandButtonEndpoints } from './command-buttons.ts'
import { commandExecutionEndpoints } from './command-executions.ts'
import { commandEndpoints } from './commands.ts'
import { domainConfigurationEndpoints } from './domain-configurations.ts'
import { eventConfigurationEndpoints } from './event-configurations.ts'
import { fleetEndpoints } from './fleet.ts'
import { fleetMetricEndpoints } from './fleet-metrics.ts'
import { iamPrincipalEndpoints } from './iam-principals.ts'
import { identityPoolEndpoints } from './identity-pools.ts'
import { iotLogEndpoints } from './iot-logs.ts'
import { iotRoleEndpoints } from './iot-roles.ts'
import { jobExecutionEndpoints } from './job-executions.ts'
import { jobTemplateEndpoints } from './job-templates.ts'
import { jobEndpoints } from './jobs.ts'
import { loggingEndpoints } from './logging.ts'
import { messageAuthorizationEndpoints } from './message-authorization.ts'
import { metricEndpoints } from './metrics.ts'
import { overviewEndpoints } from './overview.ts'
import { policyEndpoints } from './policies.ts'
import { provisioningClaimEndpoints } from './provisioning-claims.ts'
import { provisioningTemplateEndpoints } from './provisioning-templates.ts'
import { provisioningTrialEndpoints } from './provisioning-trials.ts'
import { refusalEndpoints } from './refusals.ts'
import { registrationTaskEndpoints } from './registration-tasks.ts'
import { registrationEndpoints } from './registrations.ts'
import { retainedMessageEndpoints } from './retained-messages.ts'
import { roleAliasEndpoints } from './role-aliases.ts'
import { rotationEndpoints } from './rotations.ts'
import { ruleCallEndpoints } from './rule-calls.ts'
import { ruleCaseEndpoints } from './rule-cases.ts'
import { ruleDestinationEndpoints } from './rule-destinations.ts'
import { ruleTargetEndpoints } from './rule-targets.ts'
import { ruleEndpoints } from './rules.ts'
import { savedViewEndpoints } from './saved-views.ts'
import { sessionEndpoints } from './session.ts'
import { shadowEndpoints } from './shadows.ts'
import { softwarePackageEndpoints } from './software-packages.ts'
import { streamEndpoints } from './streams.ts'
import { tagEndpoints } from './tags.ts'
import { thingConnectivityEndpoints } from './thing-connectivity.ts'
import { thingDetailsEndpoints } from './thing-details.ts'
import { thingGroupEndpoints } from './thing-groups.ts'
import { thingTopicEndpoints } from './thing-topics.ts'
import { thingTypeEndpoints } from './thing-types.ts'
import { thingWriteEndpoints } from './thing-writes.ts'
import { thingEndpoints } from './things.ts'
import { timelineEndpoints } from './timeline.ts'
import { writeReportEndpoints } from './write-reports.ts'

/** The whole API, each endpoint once: `endpoints.describeThing`. */
export const endpoints = {
  ...sessionEndpoints,
  ...thingEndpoints,
  ...thingWriteEndpoints,
  ...thingDetailsEndpoints,
  ...thingTypeEndpoints,
  ...thingGroupEndpoints,
  ...billingGroupEndpoints,
  ...tagEndpoints,
  ...timelineEndpoints,
  ...thingConnectivityEndpoints,
  ...clientEndpoints,
  ...fleetEndpoints,
  ...fleetMetricEndpoints,
  ...certificateEndpoints,
  ...certificateAuthorityEndpoints,
  ...policyEndpoints,
  ...roleAliasEndpoints,
  ...authorizerEndpoints,
  ...domainConfigurationEndpoints,
  ...ruleEndpoints,
  ...iotRoleEndpoints,
  ...ruleDestinationEndpoints,
  ...ruleCallEndpoints,
  ...ruleCaseEndpoints,
  ...ruleTargetEndpoints,
  ...rotationEndpoints,
  ...registrationEndpoints,
  ...registrationTaskEndpoints,
  ...provisioningTemplateEndpoints,
  ...provisioningClaimEndpoints,
  ...provisioningTrialEndpoints,
  ...shadowEndpoints,
  ...iotLogEndpoints,
  ...loggingEndpoints,
  ...messageAuthorizationEndpoints,
  ...refusalEndpoints,
  ...authorizationEndpoints,
  ...iamPrincipalEndpoints,
  ...identityPoolEndpoints,
  ...retainedMessageEndpoints,
  ...metricEndpoints,
  ...overviewEndpoints,
  ...eventConfigurationEndpoints,
  ...writeReportEndpoints,
  ...savedViewEndpoints,
  ...thingTopicEndpoints,
  ...bulkChangeEndpoints,
  ...jobEndpoints,
  ...jobExecutionEndpoints,
  ...jobTemplateEndpoints,
  ...commandEndpoints,
  ...commandExecutionEndpoints,
  ...commandButtonEndpoints,
  ...softwarePackageEndpoints,
  ...streamEndpoints,
  ...auditEndpoints,
} as const
