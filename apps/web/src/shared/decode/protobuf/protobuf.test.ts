// @vitest-environment node
import fc from 'fast-check'
import protobuf from 'protobufjs'
import descriptor from 'protobufjs/ext/descriptor.js'
import { expect, test } from 'vitest'
import { anyCharacter } from '../../../../../../scripts/any-character.ts'
import { dataText } from '../data-text.ts'
import type { DataTree } from '../data-tree.ts'
import { DecodeError } from '../decode-error.ts'
import { decodeProtobuf, decodeProtobufRaw } from './decode-protobuf.ts'
import { readSchema, type SchemaFile } from './read-schema.ts'

const ENCODER = new TextEncoder()
const file = (text: string, name = 'acme.proto'): SchemaFile => ({ name, bytes: ENCODER.encode(text) })
const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

const TELEMETRY = `
syntax = "proto3";
package acme.v1; // of the pumps
import "google/protobuf/timestamp.proto";
option java_package = "com.acme";

/* what a pump says */
message Telemetry {
  reserved 90 to 99, 120;
  reserved "old";
  enum Mode { option allow_alias = true; MODE_UNSPECIFIED = 0; AUTO = 1; AUTOMATIC = 1; OFF = -1; }
  message Part { string name = 1; sint32 wear = 2; Part inner = 3; }
  double flow = 1 [deprecated = true];
  float pressure = 2;
  int32 i32 = 3; int64 i64 = 4; uint32 u32 = 5; uint64 u64 = 6;
  sint32 s32 = 7; sint64 s64 = 8; fixed32 f32 = 9; fixed64 f64 = 10; sfixed32 sf32 = 11; sfixed64 sf64 = 12;
  bool on = 13; string text = 14; bytes raw = 15;
  Mode mode = 16;
  Part part = 17;
  repeated int32 packed = 18;
  repeated string words = 19;
  repeated Part parts = 20;
  map<string, double> readings = 21;
  map<int32, Part> by_number = 22;
  oneof choice { string name = 23; uint32 number = 24; }
  optional int32 maybe = 25;
  google.protobuf.Timestamp at = 26;
  .acme.v1.Telemetry.Mode other_mode = 27;
}
service Pumps { rpc Say (Telemetry) returns (Telemetry) { option deprecated = true; } }
`

const theirs = new protobuf.Root()
protobuf.parse(TELEMETRY, theirs, { keepCase: true })
theirs.addJSON(protobuf.common.get('google/protobuf/timestamp.proto')?.nested ?? {})
const THEIR_TYPE = theirs.lookupType('acme.v1.Telemetry')

/** As `protoc --descriptor_set_out` writes it. */
const descriptorSet = (): SchemaFile => {
  const set = theirs.toDescriptor('proto3')
  return { name: 'acme.desc', bytes: descriptor.FileDescriptorSet.encode(set).finish() }
}

const text = fc.string({ unit: anyCharacter }).filter((each) => each.isWellFormed())
const part = fc.record({ name: text, wear: fc.integer() })
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)
const unsignedLong = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String)
const unsigned = fc.nat(0xffff_ffff)
const telemetry = fc.record(
  {
    flow: fc.double(),
    pressure: fc.float(),
    i32: fc.integer(),
    i64: long,
    u32: unsigned,
    u64: unsignedLong,
    s32: fc.integer(),
    s64: long,
    f32: unsigned,
    f64: unsignedLong,
    sf32: fc.integer(),
    sf64: long,
    on: fc.boolean(),
    text,
    raw: fc.uint8Array(),
    mode: fc.constantFrom(0, 1, -1, 7),
    part,
    packed: fc.array(fc.integer(), { minLength: 1 }),
    words: fc.array(text, { minLength: 1 }),
    parts: fc.array(part, { minLength: 1 }),
    readings: fc.dictionary(text, fc.double(), { minKeys: 1 }),
    name: text,
    maybe: fc.integer(),
    at: fc.record({ seconds: long, nanos: fc.nat(999_999_999) }),
  },
  { requiredKeys: [] },
)

/** What protobufjs reads: 64 bits as texts, enums by their names, and of implicit presence the defaults. */
function theirReading(bytes: Uint8Array): object {
  return THEIR_TYPE.toObject(THEIR_TYPE.decode(bytes), { longs: String, enums: String, bytes: Array })
}

/** A tree as protobufjs would have it; an enum value without a name stays a number. */
function plain(tree: DataTree): unknown {
  switch (tree.kind) {
    case 'map':
      return Object.fromEntries(
        tree.entries.map(({ key, value }) => [key.kind === 'string' ? key.value : dataText(key), plain(value)]),
      )
    case 'array':
      return tree.items.map(plain)
    case 'number':
      return tree.text
    case 'bytes':
      return [...tree.value]
    case 'string':
    case 'boolean':
      return tree.value
    default:
      return null
  }
}

/** Theirs is part of ours, which has defaults too; numbers are compared as what they are written as. */
function expectSame(ours: unknown, other: unknown, path: string): void {
  if (typeof other === 'number') {
    const number = Number(ours)
    expect(Object.is(number, other) || Math.fround(number) === other, `${path}: ${ours} and ${other}`).toBe(true)
  } else if (Array.isArray(other)) {
    if (!Array.isArray(ours)) throw new Error(`${path} is a list`)
    expect(ours).toHaveLength(other.length)
    for (const [index, each] of other.entries()) expectSame(ours[index], each, `${path}[${index}]`)
  } else if (typeof other === 'object' && other !== null) {
    const members: Record<string, unknown> = { ...(ours as object) } // a tree of a map is one, see plain
    for (const [name, each] of Object.entries(other)) expectSame(members[name], each, `${path}.${name}`)
  } else expect(ours, path).toBe(other)
}

test.each([
  ['a .proto file', () => file(TELEMETRY)],
  ['a descriptor set', descriptorSet],
])('by %s what another implementation wrote is read as it reads it', (_, declared) => {
  const { schema, messageTypes } = readSchema([declared()])
  expect(messageTypes).toContain('acme.v1.Telemetry')
  fc.assert(
    fc.property(telemetry, (given) => {
      const bytes = THEIR_TYPE.encode(THEIR_TYPE.fromObject(given)).finish()
      expectSame(plain(decodeProtobuf(bytes, schema, 'acme.v1.Telemetry')), theirReading(bytes), '$')
    }),
  )
})

const SCHEMA = readSchema([file(TELEMETRY)]).schema
const decode = (bytes: Uint8Array) => dataText(decodeProtobuf(bytes, SCHEMA, 'acme.v1.Telemetry.Part'))

test.each([
  ['0a 02 6f6b 10 03', '{"name":"ok","wear":-2}', 'as declared'],
  ['', '{"name":"","wear":0}', 'what is not there has its default'],
  ['10 01', '{"wear":-1,"name":""}', 'the order of the wire'],
  ['0a 01 61 0a 01 62', '{"name":"a","name":"b","wear":0}', 'what comes twice is there twice'],
  ['28 07 0a 01 61', '{5:7,"name":"a","wear":0}', 'what is not declared, by its number'],
  ['0d 01000000 10 02', '{1:1,"wear":1,"name":""}', 'what is declared otherwise, by its number'],
  ['0a 01 ff', '{"name":h\'ff\',"wear":0}', 'a text that is no UTF-8, as its bytes'],
  ['1a 05 0a 03 e298ba', '{"inner":{"name":"☺","wear":0},"name":"","wear":0}', 'a message in a message'],
])('%s is %s: %s', (bytes, expected) => {
  expect(decode(hex(bytes))).toBe(expected)
})

test.each([
  ['0a 05 61', 'The payload ends too early at byte 2.'],
  ['0f', 'There is no wire type 7 at byte 0.'],
  ['00 01', 'There is no such field number at byte 0.'],
  ['10 ff ff ff ff ff ff ff ff ff ff', 'A number has more than ten bytes at byte 1.'],
  ['1a 03 0a 05 61', 'The payload ends too early at byte 4.'],
  ['24', 'A group ends that did not begin at byte 0.'],
])('%s is no message: %s', (bytes, words) => {
  expect(() => decode(hex(bytes))).toThrow(words.slice(0, -1))
})

test('without a type fields have their numbers', () => {
  const bytes = THEIR_TYPE.encode(
    THEIR_TYPE.fromObject({ i32: 7, text: 'ok', part: { wear: 1 }, raw: [0xff, 0x00] }),
  ).finish()
  expect(dataText(decodeProtobufRaw(bytes))).toBe('{3:7,14:"ok",15:h\'ff00\',17:{2:2}}')
})

test('whatever the bytes are, they are a message or said not to be one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      for (const read of [() => decodeProtobufRaw(bytes), () => decodeProtobuf(bytes, SCHEMA, 'acme.v1.Telemetry')]) {
        try {
          expect(read().kind).toBe('map')
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError)
          if (error instanceof DecodeError) expect(error.offset).toBeLessThanOrEqual(bytes.length)
        }
      }
    }),
  )
})

test('files import one another in any order; proto2 has groups, labels and no defaults', () => {
  const units = file('syntax = "proto2"; package units; enum Unit { BAR = 0; PSI = 1; }', 'units.proto')
  const pump = file(
    `syntax = "proto2"; import public "units.proto"; import "google/protobuf/wrappers.proto";
     message Pump { required units.Unit unit = 1; optional group Valve = 2 { optional bool open = 1; }
       extensions 100 to max; optional google.protobuf.DoubleValue limit = 3; optional int32 message = 4; }
     extend Pump { optional string note = 100; }`,
    'pump.proto',
  )
  const { schema, messageTypes } = readSchema([pump, units])
  expect(messageTypes).toEqual(['Pump', 'Pump.Valve'])
  const tree = decodeProtobuf(hex('08 01 13 08 01 14 20 05'), schema, 'Pump')
  expect(dataText(tree)).toBe('{"unit":"PSI","valve":{"open":true},"message":5}')
})

test.each([
  ['message A { Missing b = 1; }', 'A.b is of the type Missing, which no file declares'],
  ['message A {\n  int32 b = ;\n}', 'acme.proto, line 2: expected the number of a field, found “;”.'],
  ['message A { int32 b = 1', 'acme.proto, line 1: expected “;”, found the end of the file.'],
  ['message A { int32 a = 1; int32 b = 1; }', 'A has two fields with the number 1: a and b.'],
  ['message A { int32 a = 1; } message A { int32 b = 1; }', 'A is declared twice, and not alike'],
  ['syntax = "proto3";', 'No message is declared there.'],
  ['{"a":1}', 'acme.proto, line 1: expected message, enum, package, import, option, service or extend, found “{”.'],
  ['message A { § }', 'acme.proto, line 1: "§" cannot stand here.'],
])('%j is refused: %s', (source, words) => {
  expect(() => readSchema([file(source)])).toThrow(words)
})

test('a file that is neither says what it should be', () => {
  expect(() => readSchema([{ name: 'x.bin', bytes: hex('ff ff') }])).toThrow('This file is no descriptor set')
})
