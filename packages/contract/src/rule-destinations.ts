import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { RoleArn } from './role-aliases.ts'
import { NextToken } from './things.ts'

/** `arn:aws:iot:REGION:ACCOUNT:ruledestination/http/UUID` (AWS IoT API reference, TopicRuleDestination). */
const RuleDestinationArn = Type.String({
  maxLength: 256,
  pattern: '^arn:aws[a-zA-Z-]*:iot:[a-z0-9-]+:[0-9]{12}:ruledestination/[a-zA-Z]+/[a-zA-Z0-9-]+$',
})

/** AWS IoT API reference, HttpUrlDestinationConfiguration: at most 2,000 characters; AWS judges the URL. */
export const ConfirmationUrl = Type.String({ minLength: 1, maxLength: 2_000, pattern: '^https?://[^\\s]+$' })

const VpcId = Type.String({ minLength: 1, maxLength: 128, pattern: '^vpc-[a-zA-Z0-9]+$' })
const SubnetId = Type.String({ minLength: 1, maxLength: 128, pattern: '^subnet-[a-zA-Z0-9]+$' })
const SecurityGroupId = Type.String({ minLength: 1, maxLength: 128, pattern: '^sg-[a-zA-Z0-9]+$' })

const InfluxDbVersion = oneOf(['V2', 'V3'])
const SecretType = oneOf(['SecretString', 'SecretBinary'])

/** Where a rule may send to: one of three, as `TopicRuleDestinationConfiguration` has it. */
export const RuleDestinationConfiguration = Type.Union([
  Type.Object({ httpUrlConfiguration: Type.Object({ confirmationUrl: ConfirmationUrl }) }),
  Type.Object({
    vpcConfiguration: Type.Object({
      vpcId: VpcId,
      subnetIds: Type.Array(SubnetId, { minItems: 1, maxItems: 16 }),
      securityGroups: Type.Optional(Type.Array(SecurityGroupId, { maxItems: 16 })),
      roleArn: RoleArn,
    }),
  }),
  Type.Object({
    influxDBConfiguration: Type.Object({
      endpoint: Type.String({ minLength: 1, maxLength: 2_048 }),
      influxDBVersion: InfluxDbVersion,
      secretId: Type.String({ minLength: 1, maxLength: 2_048, description: 'Of Secrets Manager: its name or ARN' }),
      secretType: Type.Optional(SecretType),
      secretKey: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    }),
  }),
])
export type RuleDestinationConfiguration = Static<typeof RuleDestinationConfiguration>

const text = Type.Optional(Type.String())
const texts = Type.Optional(Type.Array(Type.String()))

export const RuleDestination = Type.Object({
  arn: Type.String(),
  status: Type.String({ description: 'ENABLED, DISABLED, IN_PROGRESS, ERROR or DELETING, or what AWS adds to these' }),
  statusReason: Type.Optional(Type.String({ description: "Why it is in this state, in AWS's words" })),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  lastUpdatedAt: Type.Optional(Type.String({ format: 'date-time' })),
  httpUrl: Type.Optional(Type.Object({ confirmationUrl: text })),
  vpc: Type.Optional(Type.Object({ vpcId: text, subnetIds: texts, securityGroups: texts, roleArn: text })),
  influxDB: Type.Optional(
    Type.Object({ endpoint: text, influxDBVersion: text, secretId: text, secretType: text, secretKey: text }),
  ),
})
export type RuleDestination = Static<typeof RuleDestination>

export const RuleDestinationPage = Type.Object({
  destinations: Type.Array(RuleDestination),
  nextToken: Type.Optional(Type.String()),
})
export type RuleDestinationPage = Static<typeof RuleDestinationPage>

/** An action that sends by way of a destination: it names its ARN, or, for HTTP, the URL that was confirmed. */
export const RuleDestinationUse = Type.Object({
  ruleName: Type.String(),
  isRuleDisabled: Type.Boolean(),
  action: oneOf(['http', 'kafka', 'influxDB']),
  isErrorAction: Type.Boolean(),
  destinationArn: text,
  confirmationUrl: Type.Optional(
    Type.String({ description: "The action's confirmationUrl, else its url; may be a substitution template" }),
  ),
})
export type RuleDestinationUse = Static<typeof RuleDestinationUse>

export const RuleDestinationUses = Type.Object({
  uses: Type.Array(RuleDestinationUse),
  isAll: Type.Boolean({ description: 'Whether all rules of the account were looked at' }),
})
export type RuleDestinationUses = Static<typeof RuleDestinationUses>

/** What AWS IoT sent to the URL. Whoever has it can confirm the destination: it stands in no address and in no trail. */
export const ConfirmationToken = Type.String({ minLength: 1, maxLength: 2_048, pattern: '^[^\\s]+$' })

const params = Type.Object({ arn: RuleDestinationArn })

export const ruleDestinationEndpoints = defineEndpoints({
  listRuleDestinations: {
    method: 'GET',
    path: '/api/rule-destinations',
    summary: 'A page of the destinations that rules may send to',
    access: 'viewer',
    query: Type.Object({
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
    }),
    answer: json(RuleDestinationPage),
  },
  createRuleDestination: {
    method: 'POST',
    path: '/api/rule-destinations',
    summary: 'Makes a destination; of HTTP, AWS IoT sends a token to the URL',
    access: 'admin',
    audit: 'CreateTopicRuleDestination',
    body: Type.Object({ destinationConfiguration: RuleDestinationConfiguration }),
    answer: json(RuleDestination),
  },
  getRuleDestination: {
    method: 'GET',
    path: '/api/rule-destinations/:arn',
    summary: 'A destination of rules',
    access: 'viewer',
    params,
    answer: json(RuleDestination),
  },
  updateRuleDestination: {
    method: 'PATCH',
    path: '/api/rule-destinations/:arn',
    summary: 'Enables or disables a destination; IN_PROGRESS sends a new token, or tries again to reach it',
    access: 'admin',
    audit: 'UpdateTopicRuleDestination',
    params,
    body: Type.Object({ status: oneOf(['ENABLED', 'DISABLED', 'IN_PROGRESS']) }),
    answer: json(RuleDestination),
  },
  confirmRuleDestination: {
    method: 'POST',
    path: '/api/rule-destinations/:arn/confirmation',
    summary: 'Confirms an HTTP destination by the token that its URL was sent',
    access: 'admin',
    audit: 'ConfirmTopicRuleDestination',
    params,
    body: Type.Object({ confirmationToken: ConfirmationToken }),
    answer: json(RuleDestination),
  },
  deleteRuleDestination: {
    method: 'DELETE',
    path: '/api/rule-destinations/:arn',
    summary: 'Deletes a destination: actions that send there fail afterwards',
    access: 'admin',
    audit: 'DeleteTopicRuleDestination',
    params,
    answer: EMPTY,
  },
  listRuleDestinationUses: {
    method: 'GET',
    path: '/api/rule-destination-uses',
    summary: 'Which actions of which rules send by way of destinations',
    access: 'viewer',
    answer: json(RuleDestinationUses),
  },
})
