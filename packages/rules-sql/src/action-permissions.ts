import { arnOf, type RuleHome } from './rule-home.ts'
import { splitTemplate } from './template.ts'

/** Everything that actions and functions of rules ask of roles. */
export const RULE_ROLE_ACTIONS = [
  'cloudwatch:PutMetricData',
  'cloudwatch:SetAlarmState',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'es:ESHttpPut',
  'firehose:PutRecord',
  'firehose:PutRecordBatch',
  'geo:BatchUpdateDevicePosition',
  'iot:DescribeThing',
  'iot:GetThingShadow',
  'iot:ListThingGroupsForThing',
  'iot:Publish',
  'iotanalytics:BatchPutMessage',
  'iotevents:BatchPutMessage',
  'iotsitewise:BatchPutAssetPropertyValue',
  'kinesis:PutRecord',
  'logs:CreateLogStream',
  'logs:DescribeLogStreams',
  'logs:PutLogEvents',
  'machinelearning:Predict',
  's3:PutObject',
  's3:PutObjectAcl',
  'secretsmanager:GetSecretValue',
  'sns:Publish',
  'sqs:SendMessage',
  'states:StartExecution',
  'timestream:DescribeEndpoints',
  'timestream:WriteRecords',
] as const
export type RuleRoleAction = (typeof RULE_ROLE_ACTIONS)[number]

/** Something that a role must be allowed: an action of IAM, on a resource by its ARN or `*`. */
export interface RulePermission {
  readonly action: RuleRoleAction
  readonly resource: string
}

/** What an action is told, as AWS's API has it. */
type Settings = { readonly [member: string]: unknown }

type Needs = (
  settings: Settings,
  arnOf: (service: string, resource: string) => string,
  home: RuleHome,
) => readonly RulePermission[]

/** A text of the settings; empty where there is none. */
const text = (settings: unknown, ...path: readonly string[]): string => {
  const value = path.reduce<unknown>(
    (found, member) => (typeof found === 'object' && found !== null ? (found as Settings)[member] : undefined), // by name
    settings,
  )
  return typeof value === 'string' ? value : ''
}

const one = (action: RuleRoleAction, resource: string): readonly RulePermission[] => [{ action, resource }]

const DYNAMO_OPERATIONS: ReadonlyMap<string, RuleRoleAction> = new Map([
  ['INSERT', 'dynamodb:PutItem'],
  ['UPDATE', 'dynamodb:UpdateItem'],
  ['DELETE', 'dynamodb:DeleteItem'],
])

const search: Needs = (settings, arnOf) => {
  const domain = domainOf(text(settings, 'endpoint'))
  const document = ['index', 'type', 'id'].map((member) => text(settings, member)).join('/')
  return one('es:ESHttpPut', arnOf('es', `domain/${domain}/${document}`))
}

/**
 * What each action that has a role needs of it.
 * @see AWS IoT developer guide, "AWS IoT rule actions", the requirements of each
 */
const NEEDS: Readonly<Record<string, Needs>> = {
  cloudwatchAlarm: (settings, arnOf) =>
    one('cloudwatch:SetAlarmState', arnOf('cloudwatch', `alarm:${text(settings, 'alarmName')}`)),
  cloudwatchLogs: (settings, arnOf) =>
    (['logs:DescribeLogStreams', 'logs:CreateLogStream', 'logs:PutLogEvents'] as const).map((action) => ({
      action,
      resource: arnOf('logs', `log-group:${text(settings, 'logGroupName')}:*`),
    })),
  cloudwatchMetric: () => one('cloudwatch:PutMetricData', '*'),
  dynamoDB: (settings, arnOf) => {
    const table = arnOf('dynamodb', `table/${text(settings, 'tableName')}`)
    const operation = text(settings, 'operation').toUpperCase() || 'INSERT'
    // A template may become any of them.
    const actions = operation.includes('*') ? [...DYNAMO_OPERATIONS.values()] : [DYNAMO_OPERATIONS.get(operation)]
    return actions.flatMap((action) => (action === undefined ? [] : [{ action, resource: table }]))
  },
  dynamoDBv2: (settings, arnOf) =>
    one('dynamodb:PutItem', arnOf('dynamodb', `table/${text(settings, 'putItem', 'tableName')}`)),
  elasticsearch: search,
  openSearch: search,
  firehose: (settings, arnOf) => {
    const resource = arnOf('firehose', `deliverystream/${text(settings, 'deliveryStreamName')}`)
    // What is no array is put as one record in batch mode, too.
    const actions = ['firehose:PutRecord', 'firehose:PutRecordBatch'] as const
    return actions.slice(0, settings.batchMode === true ? 2 : 1).map((action) => ({ action, resource }))
  },
  influxDB: () => one('secretsmanager:GetSecretValue', '*'), // the destination knows which secret, the rule does not
  iotAnalytics: (settings, arnOf) => {
    const name = text(settings, 'channelName') || (text(settings, 'channelArn').split('channel/').at(-1) ?? '')
    return one('iotanalytics:BatchPutMessage', arnOf('iotanalytics', `channel/${name}`))
  },
  iotEvents: (settings, arnOf) =>
    one('iotevents:BatchPutMessage', arnOf('iotevents', `input/${text(settings, 'inputName')}`)),
  iotSiteWise: (settings, arnOf) => {
    const entries = Array.isArray(settings.putAssetPropertyValueEntries) ? settings.putAssetPropertyValueEntries : []
    return entries.map((entry: unknown) => {
      const asset = text(entry, 'assetId')
      return {
        action: 'iotsitewise:BatchPutAssetPropertyValue',
        resource: asset === '' ? '*' : arnOf('iotsitewise', `asset/${asset}`),
      }
    })
  },
  kinesis: (settings, arnOf) => one('kinesis:PutRecord', arnOf('kinesis', `stream/${text(settings, 'streamName')}`)),
  location: (settings, arnOf) =>
    one('geo:BatchUpdateDevicePosition', arnOf('geo', `tracker/${text(settings, 'trackerName')}`)),
  republish: (settings, arnOf) =>
    one('iot:Publish', arnOf('iot', `topic/${text(settings, 'topic').replace(/^\$\$/, '$')}`)),
  s3: (settings, _, { partition = 'aws' }) => {
    const object = `arn:${partition}:s3:::${text(settings, 'bucketName')}/${text(settings, 'key')}`
    return [...one('s3:PutObject', object), ...(settings.cannedAcl === undefined ? [] : one('s3:PutObjectAcl', object))]
  },
  sns: (settings) => one('sns:Publish', text(settings, 'targetArn')),
  sqs: (settings, _, home) => one('sqs:SendMessage', queueArn(text(settings, 'queueUrl'), home)),
  stepFunctions: (settings, arnOf) =>
    one('states:StartExecution', arnOf('states', `stateMachine:${text(settings, 'stateMachineName')}`)),
  timestream: (settings, arnOf) => [
    {
      action: 'timestream:WriteRecords',
      resource: arnOf('timestream', `database/${text(settings, 'databaseName')}/table/${text(settings, 'tableName')}`),
    },
    { action: 'timestream:DescribeEndpoints', resource: '*' },
  ],
}

/**
 * What an action needs of its role; nothing for one that has none, as `lambda` and `kafka`.
 * @param name the member of AWS's `Action`
 * @param settings with what templates became; for all messages at once, see {@link withPatterns}
 */
export function actionPermissions(name: string, settings: Settings, home: RuleHome): readonly RulePermission[] {
  const needs = Object.hasOwn(NEEDS, name) ? NEEDS[name] : undefined
  return needs?.(settings, (service, resource) => arnOf(home, service, resource), home) ?? []
}

/**
 * Of a queue's address, whatever server it is on: `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`. One that names no
 * region is in the rule's own.
 */
function queueArn(url: string, home: RuleHome): string {
  const [, region = home.region, accountId = '*', name = '*'] =
    /^https?:\/\/(?:sqs\.([a-z0-9-]+)\.)?[^/]*\/(\d{12}|\*)\/([^/]+)$/.exec(url) ?? []
  return arnOf({ ...home, region, accountId }, 'sqs', name)
}

/** The name of a search domain, which its endpoint has within: `search-NAME-ID.REGION.es.amazonaws.com`. */
function domainOf(endpoint: string): string {
  const [, host = ''] = /^https?:\/\/(?:[^@/]*@)?([^/:?#]+)/i.exec(endpoint) ?? []
  const hostname = host.toLowerCase()
  return /^(?:search|vpc)-(.+)-[a-z0-9]+\.[a-z0-9-]+\.(?:es|aos)\./.exec(hostname)?.[1] ?? hostname
}

/** The settings with `*` for each template, whatever it becomes: as resources of a policy have it. */
export function withPatterns<T>(settings: T): T
export function withPatterns(settings: unknown): unknown {
  if (typeof settings === 'string') return patternOf(settings)
  if (Array.isArray(settings)) return settings.map((each) => withPatterns(each))
  if (typeof settings !== 'object' || settings === null) return settings
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, withPatterns(value)]))
}

function patternOf(template: string): string {
  try {
    return splitTemplate(template)
      .map((piece) => (typeof piece === 'string' ? piece : '*'))
      .join('')
  } catch {
    return template.replace(/\$\{.*$/s, '*') // not closed yet: somebody is writing it
  }
}
