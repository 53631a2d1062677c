import {
  type BulkChangeKind,
  type CertificateWhy,
  CLASSIC_SHADOW,
  endpoints,
  type SignInKind,
} from '@thingdeck/contract'
import { fillAddress } from './address.ts'
import { ADDRESSES } from './page-addresses.ts'
import type {
  BillingGroupTabId,
  ClientTabId,
  CommandTabId,
  JobTabId,
  PackageTabId,
  PolicyTabId,
  ProvisioningTabId,
  RuleTabId,
  ThingGroupTabId,
  ThingTabId,
  ThingTypeTabId,
} from './page-tabs.ts'
import { stringifySearch } from './search-params.ts'
import type { Span } from './time-range.ts'

/** Links to pages, with their search parameters. Names are encoded here and nowhere else. */
export const paths = {
  /** Where one begins. */
  overview: () => ADDRESSES.overview,
  /** The list of things. `query` is of the fleet index, as typed; the others are words for parts of one. */
  things: (
    search: {
      query?: string
      columns?: readonly string[]
      by?: string
      type?: string
      group?: string
      connection?: 'connected' | 'disconnected'
      reason?: string
      within?: '1h'
      has?: string
      /** Those that have an execution for it; with a status behind it, `fw-2 FAILED`. */
      job?: string
    } = {},
  ) => `${ADDRESSES.things}${stringifySearch(search)}`,
  /** A new thing: of a type, in a group, or like another one. */
  createThing: (search: { type?: string; group?: string; like?: string } = {}) =>
    `${ADDRESSES.createThing}${stringifySearch(search)}`,
  thing: (thingName: string, search: { tab?: ThingTabId } = {}) =>
    `${fillAddress(ADDRESSES.thing, { thingName })}${stringifySearch(search)}`,
  /** What happened to a thing; `at` (ISO 8601) and `look` (its id) lead to one moment. */
  timeline: (
    thingName: string,
    search: {
      at?: string
      look?: string
      last?: string | undefined
      from?: string | undefined
      to?: string | undefined
      kinds?: readonly string[] | undefined
    } = {},
  ) => `${fillAddress(ADDRESSES.thing, { thingName })}${stringifySearch({ tab: 'timeline', ...search })}`,
  shadow: (thingName: string, shadowName?: string) =>
    `${fillAddress(ADDRESSES.shadow, { thingName })}${stringifySearch({ shadowName })}`,
  thingTypes: (search: { name?: string } = {}) => `${ADDRESSES.thingTypes}${stringifySearch(search)}`,
  /** A new thing type. */
  createThingType: () => ADDRESSES.createThingType,
  thingType: (thingTypeName: string, search: { tab?: ThingTypeTabId } = {}) =>
    `${fillAddress(ADDRESSES.thingType, { thingTypeName })}${stringifySearch(search)}`,
  /** The tree of thing groups; `open` are those whose children are shown. */
  thingGroups: (search: { name?: string; open?: readonly string[] } = {}) =>
    `${ADDRESSES.thingGroups}${stringifySearch(search)}`,
  /** A new thing group, below `parent` where one is given; with `query` a dynamic one. */
  createThingGroup: (search: { parent?: string; query?: string } = {}) =>
    `${ADDRESSES.createThingGroup}${stringifySearch(search)}`,
  thingGroup: (thingGroupName: string, search: { tab?: ThingGroupTabId } = {}) =>
    `${fillAddress(ADDRESSES.thingGroup, { thingGroupName })}${stringifySearch(search)}`,
  billingGroups: (search: { name?: string } = {}) => `${ADDRESSES.billingGroups}${stringifySearch(search)}`,
  /** A new billing group. */
  createBillingGroup: () => ADDRESSES.createBillingGroup,
  billingGroup: (billingGroupName: string, search: { tab?: BillingGroupTabId } = {}) =>
    `${fillAddress(ADDRESSES.billingGroup, { billingGroupName })}${stringifySearch(search)}`,
  /** MQTT clients that are connected, and those that were in a time; `fought` are those whose client id others took. */
  clients: (
    search: {
      client?: string
      starts?: string
      principal?: string
      ip?: string
      state?: 'connected' | 'disconnected'
      reason?: string
      fought?: '1'
      last?: Span
      from?: string
      to?: string
    } = {},
  ) => `${ADDRESSES.clients}${stringifySearch(search)}`,
  client: (clientId: string, search: { tab?: ClientTabId; last?: Span; from?: string; to?: string } = {}) =>
    `${fillAddress(ADDRESSES.client, { clientId })}${stringifySearch(search)}`,
  /** Certificates; of active ones that somebody should look at `why`, and the `month` they end in, `2027-03`. */
  certificates: (
    search: { why?: CertificateWhy; month?: string; status?: string; ca?: string; id?: string; view?: 'calendar' } = {},
  ) => `${ADDRESSES.certificates}${stringifySearch(search)}`,
  certificate: (certificateId: string, search: { tab?: 'overview' | 'decoded' | 'changes' } = {}) =>
    `${fillAddress(ADDRESSES.certificate, { certificateId })}${stringifySearch(search)}`,
  /** A new certificate, for a thing where one is given. */
  createCertificate: (search: { thing?: string } = {}) => `${ADDRESSES.createCertificate}${stringifySearch(search)}`,
  /** From a name to a connected device; with `certificate`, where it is waited for that the device connects with it. */
  connectDevice: (
    search: { thing?: string; type?: string; certificate?: string; send?: string; listen?: string } = {},
  ) => `${ADDRESSES.connectDevice}${stringifySearch(search)}`,
  fleetMetrics: () => ADDRESSES.fleetMetrics,
  /** A new fleet metric; `query` is the search that it is made of. */
  createFleetMetric: (search: { query?: string } = {}) => `${ADDRESSES.createFleetMetric}${stringifySearch(search)}`,
  /**
   * The bulk changes that there are; with targets (`things`, `group`, `query`, `type` or an attribute, of tags `resources`
   * by ARN) or `act`, the form for a new one; with `bulkChange`, that one.
   */
  bulkChanges: (
    search: {
      things?: readonly string[]
      group?: string
      query?: string
      type?: string
      attr?: string
      value?: string
      resources?: readonly string[]
      act?: BulkChangeKind
      bulkChange?: string
    } = {},
  ) => `${ADDRESSES.bulkChanges}${stringifySearch(search)}`,
  /** New things from a file; with `run`, what becomes of them. */
  registerThings: (search: { run?: string } = {}) => `${ADDRESSES.registerThings}${stringifySearch(search)}`,
  /** Things that AWS registers by itself. */
  registrationTasks: () => ADDRESSES.registrationTasks,
  registrationTask: (taskId: string) => fillAddress(ADDRESSES.registrationTask, { taskId }),
  policies: (search: { name?: string } = {}) => `${ADDRESSES.policies}${stringifySearch(search)}`,
  /** A new policy; a draft of it is handed on by `policy-drafts.ts`, never in an address. */
  createPolicy: () => ADDRESSES.createPolicy,
  /** `version` is compared with the default one, in the tab of versions. */
  policy: (policyName: string, search: { tab?: PolicyTabId; version?: string } = {}) =>
    `${fillAddress(ADDRESSES.policy, { policyName })}${stringifySearch(search)}`,
  /** Its editor, which begins with the draft that was kept. */
  editPolicy: (policyName: string) =>
    `${fillAddress(ADDRESSES.policy, { policyName })}${stringifySearch({ tab: 'edit' })}`,
  /** Its draft, or a version, tried on the traffic of the log. */
  policyRehearsal: (policyName: string, search: { last?: Span; version?: string } = {}) =>
    `${fillAddress(ADDRESSES.policyRehearsal, { policyName })}${stringifySearch(search)}`,
  /** The smallest policy that allows what a client was seen to do. */
  policyFromTraffic: (search: { client?: string; last?: Span } = {}) =>
    `${ADDRESSES.policyFromTraffic}${stringifySearch(search)}`,
  certificateAuthorities: () => ADDRESSES.certificateAuthorities,
  /** A CA certificate that is registered. */
  certificateAuthority: (certificateId: string) => fillAddress(ADDRESSES.certificateAuthority, { certificateId }),
  /** Certificates that go from one account to another. */
  certificateTransfers: () => ADDRESSES.certificateTransfers,
  certificateRotations: () => ADDRESSES.certificateRotations,
  /** New certificates for things: those that are named, those of a group, or what a query of the fleet index finds. */
  createCertificateRotation: (
    search: { things?: readonly string[]; group?: string | undefined; query?: string | undefined } = {},
  ) => `${ADDRESSES.createCertificateRotation}${stringifySearch(search)}`,
  certificateRotation: (rotationId: string) => fillAddress(ADDRESSES.certificateRotation, { rotationId }),
  provisioningTemplates: () => ADDRESSES.provisioningTemplates,
  /** A new provisioning template; of a type, where another page knows which. */
  createProvisioningTemplate: (search: { type?: 'JITP' } = {}) =>
    `${ADDRESSES.createProvisioningTemplate}${stringifySearch(search)}`,
  /** A provisioning template; `version` is compared with the default one, in the first tab. */
  provisioningTemplate: (templateName: string, search: { tab?: ProvisioningTabId; version?: string } = {}) =>
    `${fillAddress(ADDRESSES.provisioningTemplate, { templateName })}${stringifySearch(search)}`,
  /** What was provisioned lately by any template, and what failed. */
  provisionedDevices: () => ADDRESSES.provisionedDevices,
  roleAliases: () => ADDRESSES.roleAliases,
  /** A role alias; at the tab `try`, with a certificate. */
  roleAlias: (
    roleAlias: string,
    search: { tab?: 'users' | 'try' | 'tags'; certificate?: string | undefined; thing?: string | undefined } = {},
  ) => `${fillAddress(ADDRESSES.roleAlias, { roleAlias })}${stringifySearch(search)}`,
  authorizers: () => ADDRESSES.authorizers,
  createAuthorizer: () => ADDRESSES.createAuthorizer,
  /** A custom authorizer; at the tab `calls`, its last ones. */
  authorizer: (authorizerName: string, search: { tab?: 'calls' | 'tags' } = {}) =>
    `${fillAddress(ADDRESSES.authorizer, { authorizerName })}${stringifySearch(search)}`,
  editAuthorizer: (authorizerName: string) => fillAddress(ADDRESSES.editAuthorizer, { authorizerName }),
  /** What comes of credentials that a client sends, step by step; none of these is ever in an address. */
  tryAuthorizer: (
    search: {
      /** The authorizer that the client names. */
      authorizer?: string | undefined
      /** The name of a domain configuration. */
      domain?: string | undefined
      /** Where it connects, in place of a domain configuration. */
      host?: string | undefined
      over?: 'mqtt' | 'wss' | 'https' | undefined
      client?: string | undefined
    } = {},
  ) => `${ADDRESSES.tryAuthorizer}${stringifySearch(search)}`,
  domainConfigurations: () => ADDRESSES.domainConfigurations,
  createDomainConfiguration: () => ADDRESSES.createDomainConfiguration,
  domainConfiguration: (domainConfigurationName: string) =>
    fillAddress(ADDRESSES.domainConfiguration, { domainConfigurationName }),
  editDomainConfiguration: (domainConfigurationName: string) =>
    fillAddress(ADDRESSES.editDomainConfiguration, { domainConfigurationName }),
  /** Rules; with `topic`, those that a message of this topic leads to. */
  rules: (search: { name?: string; state?: 'enabled' | 'disabled'; topic?: string | undefined } = {}) =>
    `${ADDRESSES.rules}${stringifySearch(search)}`,
  /** A new rule: of a statement, or like another one. */
  createRule: (search: { sql?: string; like?: string } = {}) => `${ADDRESSES.createRule}${stringifySearch(search)}`,
  /** A rule; of its trace with `failures` those alone that failed, of its rehearsal the message that is meant. */
  rule: (
    ruleName: string,
    search: {
      tab?: RuleTabId
      failures?: '1'
      topic?: string | undefined
      client?: string | undefined
      at?: string | undefined
    } = {},
  ) => `${fillAddress(ADDRESSES.rule, { ruleName })}${stringifySearch(search)}`,
  /** The editor of a rule; with `action` at that part of it: `0`, `1`, … of its actions, or `error` for the error action. */
  editRule: (ruleName: string, search: { action?: string | undefined } = {}) =>
    `${fillAddress(ADDRESSES.editRule, { ruleName })}${stringifySearch(search)}`,
  /** Where rules send to by HTTPS, into a VPC or to InfluxDB. */
  ruleDestinations: (search: { look?: readonly string[] } = {}) =>
    `${ADDRESSES.ruleDestinations}${stringifySearch(search)}`,
  createRuleDestination: () => ADDRESSES.createRuleDestination,
  /** Jobs; of a group those that it is a target of. */
  jobs: (search: { status?: string; group?: string; selection?: 'SNAPSHOT' | 'CONTINUOUS' } = {}) =>
    `${ADDRESSES.jobs}${stringifySearch(search)}`,
  /** How far a job is; `status` are the executions that are shown, `look` the thing whose execution is looked at. */
  job: (jobId: string, search: { tab?: JobTabId; status?: string; look?: string; with?: string } = {}) =>
    `${fillAddress(ADDRESSES.job, { jobId })}${stringifySearch(search)}`,
  /** How it goes on from now. */
  editJob: (jobId: string) => fillAddress(ADDRESSES.editJob, { jobId }),
  /**
   * A new job: for things, a group or what a query finds; like another one, of a template, or bringing a version of a
   * package.
   */
  createJob: (
    search: {
      things?: readonly string[] | undefined
      group?: string | undefined
      query?: string | undefined
      like?: string | undefined
      template?: string | undefined
      package?: string | undefined
      version?: string | undefined
    } = {},
  ) => `${ADDRESSES.createJob}${stringifySearch(search)}`,
  commands: (search: { parameter?: string } = {}) => `${ADDRESSES.commands}${stringifySearch(search)}`,
  /** A new command, like another one where one is given. */
  createCommand: (search: { like?: string } = {}) => `${ADDRESSES.createCommand}${stringifySearch(search)}`,
  /** A command; of its executions those of a state, on a thing, or since a moment (ISO 8601). */
  command: (commandId: string, search: { tab?: CommandTabId; status?: string; from?: string; thing?: string } = {}) =>
    `${fillAddress(ADDRESSES.command, { commandId })}${stringifySearch(search)}`,
  /** The form that sends a command; `like` is an execution on the thing or client, whose values it begins with. */
  sendCommand: (
    search: {
      command?: string | undefined
      thing?: string | undefined
      client?: string | undefined
      things?: readonly string[] | undefined
      group?: string | undefined
      query?: string | undefined
      like?: string | undefined
      sent?: string | undefined
    } = {},
  ) => `${ADDRESSES.sendCommand}${stringifySearch(search)}`,
  /** What was sent to a device, or of a command; `look` is the execution that is looked at. */
  commandExecutions: (
    search: {
      thing?: string | undefined
      client?: string | undefined
      command?: string | undefined
      status?: string
      look?: string
    } = {},
  ) => `${ADDRESSES.commandExecutions}${stringifySearch(search)}`,
  /** What jobs are made of; `look` is the template that is looked at. */
  jobTemplates: (search: { look?: string } = {}) => `${ADDRESSES.jobTemplates}${stringifySearch(search)}`,
  packages: () => ADDRESSES.packages,
  /** A software package; `look` is the version that is looked at. */
  package: (packageName: string, search: { tab?: PackageTabId; look?: string } = {}) =>
    `${fillAddress(ADDRESSES.package, { packageName })}${stringifySearch(search)}`,
  /** How jobs say what they brought to things. */
  packageConfiguration: () => ADDRESSES.packageConfiguration,
  /** Files that devices fetch over MQTT. */
  streams: () => ADDRESSES.streams,
  createStream: () => ADDRESSES.createStream,
  stream: (streamId: string, search: { tab?: 'files' | 'use' | 'tags' } = {}) =>
    `${fillAddress(ADDRESSES.stream, { streamId })}${stringifySearch(search)}`,
  editStream: (streamId: string) => fillAddress(ADDRESSES.editStream, { streamId }),
  live: (search: { s?: readonly string[]; publish?: '1' } = {}) => `${ADDRESSES.live}${stringifySearch(search)}`,
  /** What the broker retains; `look` are the topics that are selected. */
  retainedMessages: (search: { prefix?: string; contains?: string; look?: readonly string[] } = {}) =>
    `${ADDRESSES.retainedMessages}${stringifySearch(search)}`,
  /** Cognito's identity pools. */
  identityPools: () => ADDRESSES.identityPools,
  identityPool: (identityPoolId: string, search: { tab?: 'overview' | 'identities' | 'tags' } = {}) =>
    `${fillAddress(ADDRESSES.identityPool, { identityPoolId })}${stringifySearch(search)}`,
  identity: (identityPoolId: string, identityId: string) =>
    fillAddress(ADDRESSES.identity, { identityPoolId, identityId }),
  createIdentityPool: () => ADDRESSES.createIdentityPool,
  editIdentityPool: (identityPoolId: string) => fillAddress(ADDRESSES.editIdentityPool, { identityPoolId }),
  /** Where its roles are set, and which login gets which. */
  identityPoolRoles: (identityPoolId: string) => fillAddress(ADDRESSES.identityPoolRoles, { identityPoolId }),
  iamUsers: () => ADDRESSES.iamUsers,
  iamUser: (userName: string) => fillAddress(ADDRESSES.iamUser, { userName }),
  iamGroups: () => ADDRESSES.iamGroups,
  iamGroup: (groupName: string) => fillAddress(ADDRESSES.iamGroup, { groupName }),
  /** Whether a client may do something, and why not; one check is `iot:Publish dt/pump-8/telemetry`. */
  simulator: (
    search: {
      thing?: string | undefined
      certificate?: string | undefined
      identity?: string | undefined
      /** As whom, where it is nobody with a certificate. */
      as?: SignInKind
      /** `role/NAME`, `user/NAME`, `group/NAME` */
      iam?: string
      client?: string | undefined
      over?: 'mqtt' | 'https'
      check?: readonly string[]
      /** Policies whose draft decides in place of what is attached. */
      draft?: readonly string[]
      /** Other versions than the default one, `device:3`. */
      version?: readonly string[]
      look?: number
    } = {},
  ) => `${ADDRESSES.simulator}${stringifySearch(search)}`,
  /** A file of such questions, with what is to come of each. */
  policyCases: () => ADDRESSES.policyCases,
  /** AWS IoT's metrics as charts, by subject; a span in an address is ISO 8601. */
  metrics: (
    search: {
      subject?:
        | 'connections'
        | 'publishes'
        | 'deliveries'
        | 'subscriptions'
        | 'refusals'
        | 'shadows'
        | 'rules'
        | 'jobs'
        | 'others'
        | 'alarms'
      last?: '1h' | '3h' | '12h' | '1d' | '1w'
      from?: string
      to?: string
    } = {},
  ) => `${ADDRESSES.metrics}${stringifySearch(search)}`,
  /** What AWS IoT refused, and why; `look` is the refusal that is looked at. */
  refusals: (
    search: {
      client?: string
      thing?: string
      principal?: string
      event?: string
      reason?: string
      last?: Span
      from?: string
      to?: string
      look?: string
    } = {},
  ) => `${ADDRESSES.refusals}${stringifySearch(search)}`,
  /** Which events AWS IoT publishes. */
  events: () => ADDRESSES.events,
  /** AWS IoT's log entries; `look` is the one that is looked at, see `entryIdOf`. */
  logs: (
    search: {
      client?: string | undefined
      thing?: string
      topic?: string | undefined
      trace?: string
      rule?: string
      principal?: string
      event?: string
      status?: 'Failure'
      reason?: string
      last?: Span
      from?: string
      to?: string
      look?: string
    } = {},
  ) => `${ADDRESSES.logs}${stringifySearch(search)}`,
  /** How AWS IoT is told to log. */
  logSettings: () => ADDRESSES.logSettings,
  /** What became of a message; `at` (ISO 8601) is when something of it was logged. */
  trace: (traceId: string, search: { at?: string } = {}) =>
    `${fillAddress(ADDRESSES.trace, { traceId })}${stringifySearch(search)}`,
  /** The same of a message whose trace id is not known: MQTT carries none. */
  messageTrace: (search: { topic: string; at: string; client?: string }) =>
    `${ADDRESSES.messageTrace}${stringifySearch(search)}`,
  /** The audit trail; `look` is the entry that is looked at. */
  activity: (
    search: {
      thing?: string | undefined
      shadow?: string
      person?: string
      bulkChange?: string
      look?: string
      verify?: '1'
    } = {},
  ) => `${ADDRESSES.activity}${stringifySearch(search)}`,
  /** What people wrote to one shadow. */
  shadowActivity: (thing: string, shadowName: string | undefined) =>
    `${ADDRESSES.activity}${stringifySearch({ thing, shadow: shadowName ?? CLASSIC_SHADOW })}`,
  settings: () => ADDRESSES.settings,
  /** Where a sign-in ends that another tab waits for. */
  signedInBeside: () => '/sign-in?beside=1',
  /** On the server: begins the sign-in and comes back to `returnTo`. `prompt` asks who it is even of who is known. */
  signIn: (returnTo: string, prompt?: 'login') => `${endpoints.signIn.path}${stringifySearch({ returnTo, prompt })}`,
} as const
