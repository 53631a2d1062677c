import type { ManagedPolicy, ManagedPolicyVersion } from './managed-policy.ts'

/** What the read-only policy of AWS IoT's configuration names; it has not grown since 2019. */
const CONFIG_READS = `
  Describe: Authorizer CACertificate Certificate DefaultAuthorizer Endpoint EventConfigurations Index Job JobExecution
    RoleAlias Stream Thing ThingGroup ThingRegistrationTask ThingType AccountAuditConfiguration AuditTask ScheduledAudit
    SecurityProfile
  Get: EffectivePolicies IndexingConfiguration JobDocument LoggingOptions OTAUpdate Policy PolicyVersion RegistrationCode
    TopicRule V2LoggingOptions
  List: AttachedPolicies Authorizers CACertificates Certificates CertificatesByCA Indices JobExecutionsForJob
    JobExecutionsForThing Jobs OTAUpdates OutgoingCertificates Policies PolicyPrincipals PolicyVersions PrincipalPolicies
    PrincipalThings RoleAliases Streams TargetsForPolicy ThingGroups ThingGroupsForThing ThingPrincipals
    ThingRegistrationTaskReports ThingRegistrationTasks Things ThingsInThingGroup ThingTypes TopicRules V2LoggingLevels
    AuditTasks ScheduledAudits AuditFindings SecurityProfiles SecurityProfilesForTarget TargetsForSecurityProfile
    ActiveViolations ViolationEvents
  Search: Index
  Test: Authorization InvokeAuthorizer
  Validate: SecurityProfileBehaviors`

const CONFIG_WRITES = `
  Accept: CertificateTransfer
  Add: ThingToThingGroup
  Associate: TargetsWithJob
  Attach: Policy PrincipalPolicy ThingPrincipal SecurityProfile
  Cancel: CertificateTransfer Job JobExecution AuditTask
  Clear: DefaultAuthorizer
  Create: Authorizer CertificateFromCsr Job KeysAndCertificate OTAUpdate Policy PolicyVersion RoleAlias Stream Thing
    ThingGroup ThingType TopicRule ScheduledAudit SecurityProfile
  Delete: Authorizer CACertificate Certificate Job JobExecution OTAUpdate Policy PolicyVersion RegistrationCode RoleAlias
    Stream Thing ThingGroup ThingType TopicRule V2LoggingLevel AccountAuditConfiguration ScheduledAudit SecurityProfile
  Deprecate: ThingType
  Detach: Policy PrincipalPolicy ThingPrincipal SecurityProfile
  Disable: TopicRule
  Enable: TopicRule
  Register: CACertificate Certificate Thing
  Reject: CertificateTransfer
  Remove: ThingFromThingGroup
  Replace: TopicRule
  Set: DefaultAuthorizer DefaultPolicyVersion LoggingOptions V2LoggingLevel V2LoggingOptions
  Start: ThingRegistrationTask OnDemandAuditTask
  Stop: ThingRegistrationTask
  Transfer: Certificate
  Update: Authorizer CACertificate Certificate EventConfigurations IndexingConfiguration RoleAlias Stream Thing ThingGroup
    ThingGroupsForThing AccountAuditConfiguration ScheduledAudit SecurityProfile`

const THINGS_REGISTRATION = `
  Add: ThingToThingGroup ThingToBillingGroup
  Attach: Policy PrincipalPolicy ThingPrincipal
  Create: CertificateFromCsr Policy Thing
  Describe: Certificate Thing ThingGroup ThingType BillingGroup
  Detach: Policy ThingPrincipal
  Get: Policy
  List: AttachedPolicies PolicyPrincipals PrincipalPolicies PrincipalThings TargetsForPolicy ThingGroupsForThing
    ThingPrincipals
  Register: Certificate Thing
  Remove: ThingFromThingGroup ThingFromBillingGroup
  Update: Certificate Thing ThingGroupsForThing`

const DATA =
  'Connect Publish Subscribe Receive GetThingShadow UpdateThingShadow DeleteThingShadow ListNamedShadowsForThing'

/**
 * Those of AWS's managed policies that accounts with devices attach, by ARN.
 * @see AWS IoT developer guide, "AWS managed policies for AWS IoT"; AWS managed policy reference
 */
export const AWS_MANAGED_POLICIES: ReadonlyMap<
  string,
  { readonly policy: ManagedPolicy; readonly version: ManagedPolicyVersion }
> = new Map(
  [
    ofAws('AdministratorAccess', 'v1', '2015-02-06', ['*']),
    ofAws('AWSIoTFullAccess', 'v2', '2022-05-19', ['iot:*', 'iotjobsdata:*']),
    ofAws('AWSIoTConfigAccess', 'v9', '2019-09-27', [...iotActions(CONFIG_READS), ...iotActions(CONFIG_WRITES)]),
    ofAws('AWSIoTConfigReadOnlyAccess', 'v8', '2019-09-27', iotActions(CONFIG_READS)),
    ofAws(
      'AWSIoTDataAccess',
      'v3',
      '2021-06-23',
      DATA.split(' ').map((name) => `iot:${name}`),
    ),
    ofAws('service-role/AWSIoTThingsRegistration', 'v3', '2020-10-05', iotActions(THINGS_REGISTRATION)),
    ofAws('service-role/AWSIoTLogging', 'v1', '2015-10-08', [
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'logs:PutMetricFilter',
      'logs:PutRetentionPolicy',
      'logs:GetLogEvents',
      'logs:DeleteLogStream',
    ]),
    ofAws('service-role/AWSIoTRuleActions', 'v2', '2018-01-16', [
      'dynamodb:PutItem',
      'kinesis:PutRecord',
      'iot:Publish',
      's3:PutObject',
      'sns:Publish',
      'sqs:SendMessage*',
      'cloudwatch:SetAlarmState',
      'cloudwatch:PutMetricData',
      'es:ESHttpPut',
      'firehose:PutRecord',
    ]),
  ].map((entry) => [entry.policy.arn, entry]),
)

/** `Verb: Noun Noun` a line → `iot:VerbNoun`. */
function iotActions(table: string): string[] {
  return table.split(/(?=\b[A-Z][a-z]+:)/).flatMap((line) => {
    const [verb, nouns] = line.split(':')
    return (nouns?.trim().split(/\s+/) ?? []).map((noun) => `iot:${verb?.trim()}${noun}`)
  })
}

/** @param day since when that version is the default one */
function ofAws(pathAndName: string, versionId: string, day: string, actions: readonly string[]) {
  const [name = '', folder] = pathAndName.split('/').reverse()
  const createdAtMs = Date.parse(day)
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  })
  const policy: ManagedPolicy = {
    arn: `arn:aws:iam::aws:policy/${pathAndName}`,
    id: `ANPA${name
      .toUpperCase()
      .replaceAll(/[^A-Z]/g, '')
      .padEnd(17, 'A')
      .slice(0, 17)}`,
    name,
    path: folder === undefined ? '/' : `/${folder}/`,
    description: '',
    tags: {},
    defaultVersionId: versionId,
    createdAtMs,
    updatedAtMs: createdAtMs,
    isOfAws: true,
  }
  return { policy, version: { versionId, document, createdAtMs } }
}
