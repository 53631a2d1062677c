// @vitest-environment node
import protobuf from 'protobufjs'
import { expect, test } from 'vitest'
import { dataText } from '../data-text.ts'
import { decodeSparkplug, isSparkplugTopic } from './sparkplug.ts'
import { SparkplugBirths } from './sparkplug-births.ts'

/** Eclipse Sparkplug Specification 3.0.0, §6.4.1, as far as it is written here. */
const PAYLOAD = protobuf
  .parse(
    `syntax = "proto2";
   message Metric {
     optional string name = 1; optional uint64 alias = 2; optional uint64 timestamp = 3; optional uint32 datatype = 4;
     optional bool is_null = 7; optional uint32 int_value = 10; optional uint64 long_value = 11;
     optional float float_value = 12; optional double double_value = 13; optional bool boolean_value = 14;
     optional string string_value = 15; optional bytes bytes_value = 16; optional Template template_value = 18;
   }
   message Template { optional string version = 1; repeated Metric metrics = 2; }
   message Payload { optional uint64 timestamp = 1; repeated Metric metrics = 2; optional uint64 seq = 3; }`,
    { keepCase: true },
  )
  .root.lookupType('Payload')

const read = (payload: object) => dataText(decodeSparkplug(PAYLOAD.encode(PAYLOAD.fromObject(payload)).finish()))

test.each([
  [{ name: 'a', datatype: 1, int_value: 0xff }, '"a":{"value":-1,"datatype":"Int8"}'],
  [{ name: 'a', datatype: 2, int_value: 0xffff }, '"a":{"value":-1,"datatype":"Int16"}'],
  [{ name: 'a', datatype: 3, int_value: 0xfffffffb }, '"a":{"value":-5,"datatype":"Int32"}'],
  [{ name: 'a', datatype: 4, long_value: '18446744073709551615' }, '"a":{"value":-1,"datatype":"Int64"}'],
  [{ name: 'a', datatype: 7, int_value: 0xfffffffb }, '"a":{"value":4294967291,"datatype":"UInt32"}'],
  [
    { name: 'a', datatype: 8, long_value: '18446744073709551615' },
    '"a":{"value":18446744073709551615,"datatype":"UInt64"}',
  ],
  [{ name: 'a', datatype: 9, float_value: 4.2 }, '"a":{"value":4.2,"datatype":"Float"}'],
  [{ name: 'a/b c', datatype: 11, boolean_value: false }, '"a/b c":{"value":false,"datatype":"Boolean"}'],
  [{ name: 'a', datatype: 12, string_value: 'on' }, '"a":{"value":"on","datatype":"String"}'],
  [{ name: 'a', datatype: 10, is_null: true }, '"a":{"value":null,"datatype":"Double"}'],
  [{ name: 'a', datatype: 99, int_value: 1 }, '"a":{"value":1,"datatype":99}'],
  [{ alias: 17, double_value: 2.5 }, '17:{"value":2.5,"alias":17}'],
  [{ name: 'a', alias: 17, double_value: 2.5 }, '"a":{"value":2.5,"alias":17}'],
  [
    { name: 'a', datatype: 19, template_value: { metrics: [{ name: 'b', datatype: 3, int_value: 0xffffffff }] } },
    '"a":{"value":{"metrics":{"b":{"value":-1,"datatype":"Int32"}}},"datatype":"Template"}',
  ],
])('the metric %j is %s', (metric, expected) => {
  expect(read({ metrics: [metric] })).toBe(`{"metrics":{${expected}}}`)
})

const encode = (...metrics: object[]) => PAYLOAD.encode(PAYLOAD.fromObject({ metrics })).finish()

test('an alias is the metric that the birth before the message says, with the type that it says', () => {
  const births = new SparkplugBirths()
  const at = (topic: string, sequence: number) =>
    dataText(decodeSparkplug(encode({ alias: 1, int_value: 0xfffffffb }), births.before(topic, sequence)))
  const [unknown, speed, level] = ['1:{"value":4294967291,"alias":1}', '"Speed":{"value":-5,"alias":1}', '"Level"']
  births.observe('spBv1.0/g/NBIRTH/edge', encode({ name: 'Speed', alias: 1, datatype: 3 }), 10)
  births.observe('spBv1.0/g/NBIRTH/edge', encode({ name: 'Level', alias: 1, datatype: 7 }), 20)
  births.observe('spBv1.0/g/DBIRTH/edge/pump', encode({ name: 'Speed', alias: 1, datatype: 3 }), 30)
  births.observe('spBv1.0/g/NBIRTH/edge', Uint8Array.of(0xff), 35) // none: what cannot be read says nothing
  expect(at('spBv1.0/g/NDATA/edge', 5)).toContain(unknown) // before any birth: it may have been another metric
  expect(at('spBv1.0/g/NDATA/edge', 15)).toContain(speed)
  expect(at('spBv1.0/g/NDATA/edge', 25)).toContain(level)
  expect(at('spBv1.0/g/NDATA/other', 25)).toContain(unknown)
  expect(at('spBv1.0/g/DDATA/edge/pump', 25)).toContain(unknown)
  expect(at('spBv1.0/g/DDATA/edge/pump', 36)).toContain(speed)
  births.observe('spBv1.0/g/NBIRTH/edge', encode({ name: 'Level', alias: 1 }), 40)
  expect(at('spBv1.0/g/DDATA/edge/pump', 41)).toContain(unknown) // the node's birth ended those of its devices
})

test('what stands beside the metrics stays as it is', () => {
  expect(read({ timestamp: '1795902654000', metrics: [], seq: 255 })).toBe('{"timestamp":1795902654000,"seq":255}')
})

test.each([
  ['spBv1.0/group/NBIRTH/edge', true],
  ['spBv1.0/group/DDATA/edge/device', true],
  ['spBv1.0/STATE/host', false],
  ['spBv1.0/group/STATE/edge', false],
  ['dt/spBv1.0/group/NBIRTH/edge', false],
])('%s is of Sparkplug B: %s', (topic, expected) => {
  expect(isSparkplugTopic(topic)).toBe(expected)
})
