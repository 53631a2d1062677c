import type { DataEntry, DataTree } from '../data-tree.ts'
import { decodeProtobuf } from './decode-protobuf.ts'
import { linkSchema } from './link-schema.ts'
import { readProtoText } from './proto-text.ts'

/** The payload of Sparkplug B. Source: Eclipse Sparkplug Specification 3.0.0, §6.4.1, "Google Protocol Buffer Schema". */
const SCHEMA = linkSchema([
  readProtoText(
    `
syntax = "proto2";
message Payload {
  message Template {
    message Parameter {
      optional string name = 1; optional uint32 type = 2;
      oneof value {
        uint32 int_value = 3; uint64 long_value = 4; float float_value = 5; double double_value = 6;
        bool boolean_value = 7; string string_value = 8;
      }
    }
    optional string version = 1; repeated Metric metrics = 2; repeated Parameter parameters = 3;
    optional string template_ref = 4; optional bool is_definition = 5;
  }
  message DataSet {
    message DataSetValue {
      oneof value {
        uint32 int_value = 1; uint64 long_value = 2; float float_value = 3; double double_value = 4;
        bool boolean_value = 5; string string_value = 6;
      }
    }
    message Row { repeated DataSetValue elements = 1; }
    optional uint64 num_of_columns = 1; repeated string columns = 2; repeated uint32 types = 3; repeated Row rows = 4;
  }
  message PropertyValue {
    optional uint32 type = 1; optional bool is_null = 2;
    oneof value {
      uint32 int_value = 3; uint64 long_value = 4; float float_value = 5; double double_value = 6;
      bool boolean_value = 7; string string_value = 8; PropertySet propertyset_value = 9;
      PropertySetList propertysets_value = 10;
    }
  }
  message PropertySet { repeated string keys = 1; repeated PropertyValue values = 2; }
  message PropertySetList { repeated PropertySet propertyset = 1; }
  message MetaData {
    optional bool is_multi_part = 1; optional string content_type = 2; optional uint64 size = 3; optional uint64 seq = 4;
    optional string file_name = 5; optional string file_type = 6; optional string md5 = 7; optional string description = 8;
  }
  message Metric {
    optional string name = 1; optional uint64 alias = 2; optional uint64 timestamp = 3; optional uint32 datatype = 4;
    optional bool is_historical = 5; optional bool is_transient = 6; optional bool is_null = 7;
    optional MetaData metadata = 8; optional PropertySet properties = 9;
    oneof value {
      uint32 int_value = 10; uint64 long_value = 11; float float_value = 12; double double_value = 13;
      bool boolean_value = 14; string string_value = 15; bytes bytes_value = 16; DataSet dataset_value = 17;
      Template template_value = 18;
    }
  }
  optional uint64 timestamp = 1; repeated Metric metrics = 2; optional uint64 seq = 3; optional string uuid = 4;
  optional bytes body = 5;
}
`,
    'sparkplug_b.proto',
  ),
])

/** §6.4.16, "Data Types": by their number. */
const DATA_TYPES = [
  'Unknown',
  'Int8',
  'Int16',
  'Int32',
  'Int64',
  'UInt8',
  'UInt16',
  'UInt32',
  'UInt64',
  'Float',
  'Double',
  'Boolean',
  'String',
  'DateTime',
  'Text',
  'UUID',
  'DataSet',
  'Bytes',
  'File',
  'Template',
  'PropertySet',
  'PropertySetList',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Int64Array',
  'UInt8Array',
  'UInt16Array',
  'UInt32Array',
  'UInt64Array',
  'FloatArray',
  'DoubleArray',
  'BooleanArray',
  'StringArray',
  'DateTimeArray',
] as const

/** §4: `spBv1.0/GROUP/DDATA/EDGE_NODE/DEVICE`. What hosts say of themselves (`STATE`) is JSON. */
const TOPIC = /^spBv1\.0\/[^/]+\/[ND](?:BIRTH|DEATH|DATA|CMD)\//

export const isSparkplugTopic = (topic: string): boolean => topic.startsWith('spBv1.0/') && TOPIC.test(topic)

/** What a birth says of the metrics that its edge node or device will publish; plain data, which can be sent to a worker. */
export interface MetricBirths {
  /** Names by aliases. */
  readonly names: ReadonlyMap<string, string>
  /** Data types, by their numbers, of the metrics of these names. */
  readonly types: ReadonlyMap<string, number>
}

/**
 * Decodes a payload of Sparkplug B. Its metrics are a map by their names, so that the same path leads to the same metric in
 * each message; each has its `value`, of the type that it says, and `datatype` in words. Data may say an alias alone and
 * leave out the type: they are what `births` says, and without it the alias stays.
 * @throws {DecodeError}
 */
export function decodeSparkplug(payload: Uint8Array, births?: MetricBirths): DataTree {
  return payloadOf(decodeProtobuf(payload, SCHEMA, 'Payload'), births)
}

/**
 * What the payload of an NBIRTH or DBIRTH says of its metrics.
 * @throws {DecodeError}
 */
export function birthOf(payload: Uint8Array): MetricBirths {
  const metrics = memberOf(decodeProtobuf(payload, SCHEMA, 'Payload'), 'metrics')
  const names = new Map<string, string>()
  const types = new Map<string, number>()
  for (const metric of metrics?.kind === 'array' ? metrics.items : []) {
    const name = memberOf(metric, 'name')
    if (name?.kind !== 'string') continue
    const alias = memberOf(metric, 'alias')
    if (alias?.kind === 'number') names.set(alias.text, name.value)
    const datatype = numberAt(metric, 'datatype')
    if (datatype !== undefined) types.set(name.value, datatype)
  }
  return { names, types }
}

function payloadOf(tree: DataTree, births?: MetricBirths): DataTree {
  return mapMembers(tree, (name, value) =>
    name === 'metrics' && value.kind === 'array' ? metricsOf(value.items, births) : value,
  )
}

const NO_NAME: DataTree = { kind: 'string', value: '' }

function metricsOf(metrics: readonly DataTree[], births: MetricBirths | undefined): DataTree {
  const entries = metrics.map((metric): DataEntry => {
    const key = memberOf(metric, 'name') ?? bornAs(memberOf(metric, 'alias'), births) ?? NO_NAME
    const bornType = key.kind === 'string' ? births?.types.get(key.value) : undefined
    return { key, value: metricOf(metric, bornType) }
  })
  return { kind: 'map', entries }
}

/** The name that an alias stands for, where that is known; else the alias. */
function bornAs(alias: DataTree | undefined, births: MetricBirths | undefined): DataTree | undefined {
  const name = alias?.kind === 'number' ? births?.names.get(alias.text) : undefined
  return name === undefined ? alias : { kind: 'string', value: name }
}

/** Its value first: that is what it is there for. */
function metricOf(metric: DataTree, bornType: number | undefined): DataTree {
  if (metric.kind !== 'map') return metric
  const datatype = numberAt(metric, 'datatype') ?? bornType
  const type = datatype === undefined ? undefined : DATA_TYPES[datatype]
  const value: DataEntry[] = []
  const rest: DataEntry[] = []
  for (const entry of metric.entries) {
    const name = entry.key.kind === 'string' ? entry.key.value : ''
    if (name === 'name') continue
    if (name.endsWith('_value')) value.push(named('value', typedValue(entry.value, type)))
    else if (name === 'is_null' && isTrue(entry.value)) value.push(named('value', { kind: 'null' }))
    else if (name === 'datatype' && type !== undefined) rest.push(named('datatype', { kind: 'string', value: type }))
    else rest.push(entry)
  }
  return { kind: 'map', entries: [...value, ...rest] }
}

const SIGNED_BITS = new Map([
  ['Int8', 8],
  ['Int16', 16],
  ['Int32', 32],
  ['Int64', 64],
])

/** §6.4.16: negative numbers stand in unsigned fields as their two's complement. A template has metrics itself. */
function typedValue(value: DataTree, type: string | undefined): DataTree {
  const bits = type === undefined ? undefined : SIGNED_BITS.get(type)
  if (bits !== undefined && value.kind === 'number') {
    return { kind: 'number', text: String(BigInt.asIntN(bits, BigInt(value.text))) }
  }
  return type === 'Template' ? payloadOf(value) : value
}

const named = (name: string, value: DataTree): DataEntry => ({ key: { kind: 'string', value: name }, value })

const isTrue = (value: DataTree): boolean => value.kind === 'boolean' && value.value

function memberOf(tree: DataTree, name: string): DataTree | undefined {
  if (tree.kind !== 'map') return undefined
  return tree.entries.findLast(({ key }) => key.kind === 'string' && key.value === name)?.value
}

function numberAt(tree: DataTree, name: string): number | undefined {
  const value = memberOf(tree, name)
  return value?.kind === 'number' ? Number(value.text) : undefined
}

function mapMembers(tree: DataTree, change: (name: string, value: DataTree) => DataTree): DataTree {
  if (tree.kind !== 'map') return tree
  const entries = tree.entries.map(({ key, value }) => ({
    key,
    value: key.kind === 'string' ? change(key.value, value) : value,
  }))
  return { kind: 'map', entries }
}
