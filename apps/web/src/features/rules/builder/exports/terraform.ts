import type { RuleAction } from '@thingdeck/contract'
import { isObject } from '../../../../shared/json-object-in.ts'
import { actionTitle } from './action-title.ts'
import type { ExportedRule, RuleExport } from './exported-rule.ts'

/**
 * Blocks of `aws_iot_topic_rule` by the action, and what a member is called where that is another name than AWS's in
 * snake case. Members that the block does not have are in no block.
 * @see Terraform AWS provider, resource aws_iot_topic_rule
 */
const BLOCKS: Readonly<Record<string, { readonly block: string; readonly members: readonly string[] }>> = {
  cloudwatchAlarm: { block: 'cloudwatch_alarm', members: ['alarmName', 'stateReason', 'stateValue', 'roleArn'] },
  cloudwatchLogs: { block: 'cloudwatch_logs', members: ['logGroupName', 'batchMode', 'roleArn'] },
  cloudwatchMetric: {
    block: 'cloudwatch_metric',
    members: ['metricName', 'metricNamespace', 'metricTimestamp', 'metricUnit', 'metricValue', 'roleArn'],
  },
  dynamoDB: {
    block: 'dynamodb',
    members: [
      'tableName',
      'hashKeyField',
      'hashKeyType',
      'hashKeyValue',
      'rangeKeyField',
      'rangeKeyType',
      'rangeKeyValue',
      'payloadField',
      'operation',
      'roleArn',
    ],
  },
  dynamoDBv2: { block: 'dynamodbv2', members: ['putItem', 'roleArn'] },
  elasticsearch: { block: 'elasticsearch', members: ['endpoint', 'id', 'index', 'type', 'roleArn'] },
  firehose: { block: 'firehose', members: ['deliveryStreamName', 'separator', 'batchMode', 'roleArn'] },
  http: { block: 'http', members: ['url', 'confirmationUrl', 'headers'] },
  iotAnalytics: { block: 'iot_analytics', members: ['channelName', 'batchMode', 'roleArn'] },
  iotEvents: { block: 'iot_events', members: ['inputName', 'messageId', 'batchMode', 'roleArn'] },
  kafka: { block: 'kafka', members: ['destinationArn', 'topic', 'key', 'partition', 'headers', 'clientProperties'] },
  kinesis: { block: 'kinesis', members: ['streamName', 'partitionKey', 'roleArn'] },
  lambda: { block: 'lambda', members: ['functionArn'] },
  republish: { block: 'republish', members: ['topic', 'qos', 'roleArn'] },
  s3: { block: 's3', members: ['bucketName', 'key', 'cannedAcl', 'roleArn'] },
  sns: { block: 'sns', members: ['targetArn', 'messageFormat', 'roleArn'] },
  sqs: { block: 'sqs', members: ['queueUrl', 'useBase64', 'roleArn'] },
  stepFunctions: { block: 'step_functions', members: ['stateMachineName', 'executionNamePrefix', 'roleArn'] },
  timestream: { block: 'timestream', members: ['databaseName', 'tableName', 'dimensions', 'timestamp', 'roleArn'] },
}

/** What the block calls a member that is a list: a block for each. */
const ONE_OF: Readonly<Record<string, string>> = { dimensions: 'dimension', headers: 'header' }

/** A resource with the rule. */
export function asTerraform({ ruleName, payload, tags }: ExportedRule): RuleExport {
  const { sql, description, actions, ruleDisabled = false, awsIotSqlVersion = '2015-10-08', errorAction } = payload
  const lacks: string[] = []
  const blocks = actions.flatMap((action) => blockOf(action, lacks, 1))
  const error = errorAction ? blockOf(errorAction, lacks, 2) : []
  const lines = [
    `resource "aws_iot_topic_rule" "${/^[A-Za-z_]/.test(ruleName) ? ruleName : `rule_${ruleName}`}" {`,
    `  name = ${quoted(ruleName)}`,
    ...(description === undefined ? [] : [`  description = ${quoted(description)}`]),
    `  enabled = ${!ruleDisabled}`,
    `  sql = ${quoted(sql)}`,
    `  sql_version = ${quoted(awsIotSqlVersion)}`,
    ...blocks,
    ...(error.length > 0 ? ['', '  error_action {', ...error.filter((line) => line !== ''), '  }'] : []),
    ...(Object.keys(tags).length > 0 ? ['', `  tags = ${mapOf(tags, 1)}`] : []),
    '}',
    '',
  ]
  return { text: aligned(lines.join('\n').split('\n')).join('\n'), lacks }
}

const ATTRIBUTE = /^( *(?:\w+|"[^"]*")) = /

/** Signs of equality below each other, as `terraform fmt` has them: of attributes in lines that follow each other. */
function aligned(lines: readonly string[]): readonly string[] {
  const out: string[] = []
  let run: string[] = []
  const nameIn = (line: string) => ATTRIBUTE.exec(line)?.[1]
  const flush = () => {
    const width = Math.max(...run.map((line) => nameIn(line)?.length ?? 0))
    out.push(...run.map((line) => line.replace(ATTRIBUTE, (_, name: string) => `${name.padEnd(width)} = `)))
    run = []
  }
  for (const line of lines) {
    const isAttribute = nameIn(line) !== undefined
    const isDeeper = run[0] !== undefined && indentOf(run[0]) !== indentOf(line)
    if (!isAttribute || isDeeper) flush()
    if (isAttribute) run.push(line)
    else out.push(line)
    // What goes on in the next lines stands by itself.
    if (isAttribute && line.endsWith('{')) flush()
  }
  flush()
  return out
}

const indentOf = (line: string): number => line.length - line.trimStart().length

function blockOf(action: RuleAction, lacks: string[], depth: number): readonly string[] {
  const [name = '', settings] = Object.entries(action)[0] ?? []
  const known = Object.hasOwn(BLOCKS, name) ? BLOCKS[name] : undefined
  if (!known || !isObject(settings)) {
    lacks.push(actionTitle(action))
    return []
  }
  const { block, members } = known
  const missing = Object.keys(settings).filter((member) => !members.includes(member))
  if (missing.length > 0) lacks.push(`${missing.join(', ')} of ${actionTitle(action)}`)
  // The provider asks for it.
  const given = name === 'sqs' ? { useBase64: false, ...settings } : settings
  const own = Object.fromEntries(Object.entries(given).filter(([member]) => members.includes(member)))
  const renamed = name === 'http' ? { ...ONE_OF, headers: 'http_header' } : ONE_OF
  return ['', ...nested(block, own, depth, renamed)]
}

function nested(
  name: string,
  members: Readonly<Record<string, unknown>>,
  depth: number,
  renamed: Readonly<Record<string, string>>,
): readonly string[] {
  const indent = '  '.repeat(depth)
  const inner = Object.entries(members).flatMap(([member, value]): readonly string[] => {
    const title = snakeCase(member)
    if (member === 'clientProperties' && isObject(value)) {
      return [`${indent}  client_properties = ${mapOf(value, depth + 1)}`]
    }
    if (Array.isArray(value)) {
      return value.flatMap((item) => nested(renamed[member] ?? title, isObject(item) ? item : {}, depth + 1, renamed))
    }
    if (isObject(value)) return nested(title, value, depth + 1, renamed)
    return [`${indent}  ${title} = ${typeof value === 'string' ? quoted(value) : String(value)}`]
  })
  return [`${indent}${name} {`, ...inner, `${indent}}`]
}

function mapOf(members: Readonly<Record<string, unknown>>, depth: number): string {
  const indent = '  '.repeat(depth)
  const lines = Object.entries(members).map(([name, value]) => `${indent}  ${quoted(name)} = ${quoted(String(value))}`)
  return ['{', ...lines, `${indent}}`].join('\n')
}

const snakeCase = (name: string) =>
  name.replace(/[A-Z]+|\d+/g, (part, at: number) =>
    /\d/.test(part) ? part : `${at === 0 ? '' : '_'}${part.toLowerCase()}`,
  )

/** A text of HCL, in which `${` and `%{` would begin a template of Terraform's own. */
export const quoted = (text: string): string =>
  `"${text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(/[$%]\{/g, (open) => `${open[0]}${open}`)}"`
