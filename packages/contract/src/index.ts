export { AuditChange, AuditEntry, AuditPage, AuditQuery, AuditVerification, CLASSIC_SHADOW } from './audit.ts'
export { AuditResource, shadowResourceId, thingOfResource } from './audit-resource.ts'
export {
  AuthorizationAnswer,
  AuthorizationFacts,
  AuthorizationQuestion,
  EffectivePolicy,
  MOST_QUESTIONS,
  PolicyWay,
} from './authorization.ts'
export {
  AUTHORIZER_STATUSES,
  Authorizer,
  AuthorizerCalls,
  AuthorizerName,
  AuthorizerPage,
  AuthorizerTest,
  AuthorizerTestResult,
  DefaultAuthorizer,
  FunctionArn,
  FunctionPermission,
  FunctionRun,
  MOST_PUBLIC_KEYS,
  PublicKeyName,
  PublicKeyPem,
  TokenKeyName,
} from './authorizers.ts'
export { BillingGroup, BillingGroupLook, BillingGroupPage } from './billing-groups.ts'
export {
  type AttributesChange,
  type BillingGroupChange,
  BULK_CHANGE_KINDS,
  type BulkChangeChange,
  type BulkChangeKind,
  type CertificatesChange,
  type CommandChange,
  type CreateChange,
  type DeleteChange,
  type GroupsChange,
  type PolicyChange,
  type ShadowChange,
  type TagsChange,
  type TypeChange,
} from './bulk-change-kinds.ts'
export { BulkChangeTargets, MOST_BULK_CHANGE_TARGETS } from './bulk-change-targets.ts'
export {
  BULK_CHANGE_OUTCOMES,
  BulkChange,
  BulkChangeCertificates,
  BulkChangeList,
  BulkChangeOutcome,
  BulkChangePreview,
  BulkChangeRequest,
  BulkChangeResult,
  BulkChangeResults,
} from './bulk-changes.ts'
export {
  CertificateAuthority,
  CertificateAuthorityPage,
  CertificateAuthorityRow,
  OutgoingCertificate,
  OutgoingCertificatePage,
} from './certificate-authorities.ts'
export {
  CERTIFICATE_STATUSES,
  CERTIFICATE_WHYS,
  Certificate,
  CertificateDetail,
  CertificateId,
  CertificateLook,
  CertificatePage,
  CertificateRow,
  CertificateThing,
  type CertificateWhy,
  EXPIRES_WITHIN_DAYS,
  FoundCertificates,
  LONG_LIVED_YEARS,
  MadeCertificate,
  MOST_FOUND_CERTIFICATES,
  SETTABLE_CERTIFICATE_STATUSES,
} from './certificates.ts'
export {
  Client,
  ClientConnection,
  ClientEvent,
  ClientHistory,
  ClientId,
  ClientPage,
  ClientParty,
  ClientRow,
  ClientSubscriptionPage,
  ClientTraffic,
  DirectMessage,
  DirectMessageSent,
  isConsoleClient,
  MOST_CONFIRMATION_SECONDS,
  Takeover,
} from './clients.ts'
export { CommandButton, MOST_COMMAND_BUTTONS } from './command-buttons.ts'
export {
  COMMAND_EXECUTION_STATUSES,
  CommandExecution,
  CommandExecutionPage,
  type CommandExecutionStatus,
  CommandExecutionSummary,
  CommandResultValue,
  CommandTarget,
  DEFAULT_COMMAND_TIMEOUT_SECONDS,
  MOST_COMMAND_TIMEOUT_SECONDS,
} from './command-executions.ts'
export {
  Command,
  CommandId,
  CommandLook,
  CommandPage,
  CommandParameter,
  CommandParameterName,
  CommandParameterValue,
  CommandParameterValues,
  CommandSummary,
  CommandValueCondition,
  MOST_COMMAND_PAYLOAD,
  NewCommand,
} from './commands.ts'
export {
  AcmCertificateArn,
  APPLICATION_PROTOCOLS,
  type ApplicationProtocol,
  AUTHENTICATION_TYPES,
  type AuthenticationType,
  DomainAuthorizer,
  DomainConfiguration,
  DomainConfigurationList,
  DomainConfigurationName,
  DomainName,
  MOST_DOMAIN_CONFIGURATIONS,
  NewDomainConfigurationName,
  PROTOCOLS_OF_AUTHENTICATION,
  SecurityPolicyName,
} from './domain-configurations.ts'
export {
  type Access,
  type AnswerOf,
  addressOf,
  type BodyOf,
  begun,
  DOCUMENT,
  defineEndpoints,
  EMPTY,
  type Endpoint,
  isDocument,
  json,
  type ParamsOf,
  type Query,
  type QueryOf,
} from './endpoint.ts'
export { endpoints } from './endpoints.ts'
export { ENVIRONMENT_KINDS, EnvironmentKind } from './environment.ts'
export { EVENT_TYPES, EventConfigurations, EventType } from './event-configurations.ts'
export {
  FleetBuckets,
  FleetCount,
  FleetIndexStatus,
  FleetSample,
  FleetThing,
  FleetThingPage,
  RegistrySearchPage,
  TurnOnFleetIndex,
} from './fleet.ts'
export {
  FleetAggregation,
  FleetFields,
  FleetMetric,
  FleetMetricName,
  FleetMetricPage,
  FleetPreview,
} from './fleet-metrics.ts'
export {
  AccessKey,
  AccessKeyList,
  IAM_PRINCIPAL_KINDS,
  IamGroup,
  IamGroupDetail,
  IamGroupPage,
  IamName,
  IamPolicy,
  IamPrincipal,
  type IamPrincipalKind,
  IamUser,
  IamUserDetail,
  IamUserPage,
} from './iam-principals.ts'
export {
  AMBIGUOUS_ROLES,
  type AmbiguousRole,
  CLAIM_MATCHES,
  type ClaimMatch,
  ClaimName,
  ClaimValue,
  CognitoIdentity,
  IdentityDetail,
  IdentityPage,
  IdentityPool,
  IdentityPoolName,
  IdentityPoolPage,
  IdentityPoolRoles,
  IdentityPoolSettings,
  IdentityPoolSummary,
  LOGIN_PROVIDER_KINDS,
  LoginProvider,
  MOST_LOGIN_PROVIDERS,
  MOST_MAPPING_RULES,
  MOST_ROLE_MAPPINGS,
  NewIdentityPoolRoles,
  NewRoleMapping,
  PoolRoleList,
  RoleMapping,
} from './identity-pools.ts'
export {
  IOT_LOG_GROUP,
  IotLogCriteria,
  IotLogEntry,
  IotLogLevel,
  IotLogPage,
  IotLogStatus,
  isReadOfNothing,
  MOST_IOT_LOG_ENTRIES,
} from './iot-logs.ts'
export {
  IOT_ROLE_PATH,
  IOT_ROLE_POLICIES,
  IOT_ROLE_PURPOSES,
  IotRole,
  IotRoleCheck,
  IotRoleList,
  IotRoleName,
  IotRolePermission,
  IotRolePurpose,
} from './iot-roles.ts'
export {
  JOB_ABORT_FAILURES,
  JOB_END_BEHAVIORS,
  JobMaintenanceWindow,
  JobSchedule,
  ReadJobConfig,
  ReadMaintenanceWindow,
} from './job-configs.ts'
export {
  JOB_EXECUTION_STATUSES,
  JOB_SILENT_MS,
  JobExecution,
  JobExecutionCauses,
  JobExecutionPage,
  type JobExecutionStatus,
  JobExecutionSummary,
  JobThing,
  MOST_LISTED_JOB_EXECUTIONS,
  OpenJobExecution,
  OpenJobExecutions,
} from './job-executions.ts'
export {
  JobTemplate,
  JobTemplateId,
  JobTemplateSummary,
  ManagedJobTemplate,
  ManagedJobTemplateSummary,
} from './job-templates.ts'
export {
  isRollingOut,
  JOB_STATUSES,
  JOB_TARGET_SELECTIONS,
  Job,
  JobAsWritten,
  JobChange,
  JobCounts,
  JobDocument,
  JobId,
  JobLook,
  JobPage,
  JobSettings,
  type JobStatus,
  JobSummary,
  JobTargets,
  JobTargetsCount,
  MOST_DESTINATION_VERSIONS,
  MOST_JOB_TARGETS,
  NewJob,
} from './jobs.ts'
export {
  ClientDebug,
  ClientDebugList,
  EventLogging,
  Logging,
  LoggingLevel,
  LogTargetType,
  logsSuccesses,
  SetLogging,
  TargetLevel,
  TargetLevelPage,
} from './logging.ts'
export { ClientSubscriptions, DecidingStatement, MessageAction, MessageAuthorization } from './message-authorization.ts'
export { finestPeriodSeconds, METRICS_KEPT_DAYS } from './metric-period.ts'
export {
  ALARM_STATES,
  Alarm,
  AlarmList,
  type AlarmState,
  METRIC_NAMESPACES,
  Metric,
  MetricData,
  MetricList,
  type MetricNamespace,
  MetricQuery,
  MetricSeries,
  MOST_METRIC_POINTS,
  MOST_METRIC_QUERIES,
} from './metrics.ts'
export {
  CertificatesOverview,
  DeviceEndpoint,
  JobsOverview,
  RefusalsOverview,
  RulesOverview,
  ThingsOverview,
  WatchedCertificate,
} from './overview.ts'
export { ownPath } from './own-path.ts'
export {
  DEFAULT_VERSION,
  DestinationPackageVersion,
  NO_VERSION,
  PACKAGE_SHADOW,
  PackageName,
  PackageVersionName,
  packageVersionField,
  parsePackageVersionArn,
} from './package-names.ts'
export { PERSON_HEADER } from './person-header.ts'
export { PlannedThing } from './planned-thing.ts'
export {
  MOST_POLICY_VERSIONS,
  MOST_REACHED_THINGS,
  Policy,
  PolicyName,
  PolicyPage,
  PolicyReach,
  PolicyTarget,
  PolicyTargetPage,
  PolicyUse,
  PolicyVersion,
  PolicyVersionDocument,
} from './policies.ts'
export { ProblemBody } from './problem.ts'
export { ClaimCertificate, ClaimCertificateList, ProvisioningClaim } from './provisioning-claims.ts'
export {
  MOST_TEMPLATE_VERSIONS,
  ProvisioningFunctionArn,
  ProvisioningHook,
  ProvisioningTemplateBody,
  ProvisioningTemplateDescription,
  ProvisioningTemplateDetail,
  ProvisioningTemplateName,
  ProvisioningTemplatePage,
  ProvisioningTemplateRow,
  ProvisioningTemplateType,
  ProvisioningTemplateVersion,
  ProvisioningTemplateVersionBody,
} from './provisioning-templates.ts'
export {
  ProvisioningHookAnswer,
  ProvisioningHookCheck,
  ProvisioningHookEvent,
  type ProvisioningPresence,
  ProvisioningSurroundings,
  ProvisioningSurroundingsQuestion,
} from './provisioning-trials.ts'
export { MOST_TOPICS, Published, PublishingEnd, RecordingSource } from './published.ts'
export {
  REFUSAL_PARTS,
  Refusal,
  RefusalFacts,
  RefusalList,
  RefusalLogging,
  RefusedCertificate,
  RefusedCheck,
} from './refusals.ts'
export {
  REGISTRATION_REPORT_TYPES,
  RegistrationReport,
  RegistrationReportType,
  RegistrationTask,
  RegistrationTaskPage,
  RegistrationTaskRequest,
  RegistrationTaskStatus,
} from './registration-tasks.ts'
export {
  MOST_NAMES_CHECKED,
  RegistrationPartFindings,
  RegistrationParts,
} from './registrations.ts'
export {
  AttributeName,
  AttributeValue,
  MOST_GROUP_ATTRIBUTES,
  RegistryDescription,
} from './registry-attributes.ts'
export {
  ClearedTopic,
  MOST_CLEARED_AT_ONCE,
  RetainedMessage,
  RetainedTopic,
  RetainedTopicPage,
} from './retained-messages.ts'
export { Role } from './role.ts'
export {
  CredentialDurationSeconds,
  RoleAlias,
  RoleAliasName,
  RoleAliasPage,
  RoleAliasPolicy,
  RoleAliasTrial,
  RoleAliasUsers,
  RoleArn,
} from './role-aliases.ts'
export {
  MOST_CERTIFICATE_REQUESTS,
  MOST_ROTATION_THINGS,
  ROTATION_ACTIONS,
  ROTATION_STAGES,
  Rotation,
  RotationAction,
  RotationCertificates,
  RotationChange,
  RotationList,
  RotationPreview,
  RotationRequest,
  RotationStage,
  RotationTargets,
  RotationThing,
  RotationThings,
} from './rotations.ts'
export {
  RULE_ACTION_NAMES,
  RULE_ACTION_SETTINGS,
  RuleAction,
  type RuleActionName,
  ruleActionName,
} from './rule-actions.ts'
export { MOST_RULE_CALL_BYTES, RuleCallAnswer } from './rule-calls.ts'
export {
  hasHiddenAnswer,
  KeptRuleCases,
  MOST_RULE_CASES,
  RuleCase,
  withoutCaseSecrets,
} from './rule-cases.ts'
export {
  ConfirmationToken,
  ConfirmationUrl,
  RuleDestination,
  RuleDestinationConfiguration,
  RuleDestinationPage,
  RuleDestinationUse,
  RuleDestinationUses,
} from './rule-destinations.ts'
export { HIDDEN_RULE_SECRET, ruleSecrets, withoutActionSecrets, withoutRuleSecrets } from './rule-secrets.ts'
export { RULE_TARGET_KINDS, type RuleTarget, RuleTargetKind, RuleTargets } from './rule-targets.ts'
export {
  allRuleActions,
  MOST_RULE_ACTIONS,
  MOST_RULE_BYTES,
  Rule,
  RuleLook,
  RuleName,
  RulePage,
  RulePayload,
  RuleRow,
  TopicRules,
} from './rules.ts'
export {
  ListViewContent,
  LiveViewContent,
  SharedView,
  SharedViewList,
  SIGN_IN_KINDS,
  type SignInKind,
  SimulatorChecks,
  VIEWED_LISTS,
  type ViewContent,
  type ViewedList,
} from './saved-views.ts'
export { isDocumentationPath, isServerPath } from './server-path.ts'
export { MqttSession, OwnSession, Session, SignedOut, WithoutLive } from './session.ts'
export { ShadowList, ShadowName } from './shadows.ts'
export {
  MOST_PACKAGE_ATTRIBUTE_BYTES,
  NewPackage,
  NewPackageVersion,
  PACKAGE_VERSION_STATUSES,
  PackageConfiguration,
  PackageJobPage,
  PackageLook,
  PackagePage,
  PackageSummary,
  PackageThings,
  PackageVersion,
  type PackageVersionAction,
  PackageVersionPage,
  type PackageVersionStatus,
  PackageVersionSummary,
  ReadS3Location,
  SoftwarePackage,
  VersionTargets,
} from './software-packages.ts'
export { MOST_STREAM_FILES, NewStreamFile, Stream, StreamId, StreamPage, StreamSummary } from './streams.ts'
export { MOST_TAGS, ReadTags, Tags, TagsEdit } from './tags.ts'
export { ConnectionDrops, ThingConnectivity } from './thing-connectivity.ts'
export { MOST_PRINCIPALS_INSPECTED, ThingDetails, ThingKind, ThingPrincipal } from './thing-details.ts'
export {
  ThingGroup,
  ThingGroupLook,
  ThingGroupPage,
  ThingGroupPolicy,
  ThingGroupRef,
  ThingGroupTrial,
  ThingNamePage,
} from './thing-groups.ts'
export { THING_NAME_VARIABLE, ThingTypeTopics } from './thing-topics.ts'
export {
  CONNECTION_ATTRIBUTES,
  DELETE_AFTER_DEPRECATION_MS,
  MOST_PROPAGATING_ATTRIBUTES,
  MOST_SEARCHABLE_ATTRIBUTES,
  PropagatingAttribute,
  ThingsCount,
  ThingType,
  ThingTypeDetail,
  ThingTypePage,
  ThingTypeUse,
} from './thing-types.ts'
export {
  MadeThing,
  NewThing,
  ThingChange,
  ThingGroupsChange,
  type ThingPrincipalType,
} from './thing-writes.ts'
export {
  MOST_ATTRIBUTES,
  MOST_GROUPS_OF_A_THING,
  Thing,
  ThingConnection,
  ThingDetail,
  ThingName,
  ThingPage,
} from './things.ts'
export {
  TimelineLogEntry,
  TimelineLogging,
  TimelineMatch,
  TimelinePage,
  TimelinePrincipal,
  TimelineSubject,
} from './timeline.ts'
export { MqttWriter, ReportedWrite, WriteReport } from './write-reports.ts'
