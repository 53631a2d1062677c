// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MessageRing, RowCursor } from '../ring/message-ring.ts'
import { checkFilter, compileRowFilter } from './row-filter.ts'
import { readTimeRange } from './time-range.ts'

const NOW_MS = new Date(2026, 10, 22, 12, 30).getTime()
const ENCODER = new TextEncoder()

/** Whether a filter shows a message. */
function shows(filter: string, topic: string, payload: string | Uint8Array, receivedAtMs = NOW_MS): boolean {
  const ring = new MessageRing({ maxBytes: 1e6, maxRows: 10 })
  const bytes = typeof payload === 'string' ? ENCODER.encode(payload) : payload
  ring.push({ topic, payload: bytes, qos: 0, retain: false, dup: false, receivedAtMs })
  const cursor = new RowCursor()
  ring.read(0, cursor)
  const compiled = compileRowFilter(filter, ring, NOW_MS)
  if (compiled && 'problem' in compiled) throw new Error(compiled.problem.message)
  return compiled?.admits(cursor) ?? true
}

test.each([
  ['', true, 'nothing asked'],
  ['PUMP', true, 'in the topic, any case'],
  ['Flow', true, 'in the payload'],
  ['flow pump', true, 'both'],
  ['flow valve', false, 'only one of them'],
  ['-valve flow', true, 'without'],
  ['-flow', false, 'without, but there'],
  ['{"flow":4.2', true, 'JSON as it stands'],
  ['"pump 7"', false, 'the words with the space'],
  ['-5', true, 'a number, not a negation'],
  ['topic:dt/+/telemetry', true, 'topic filter'],
  ['topic:dt/#', true, 'topic filter'],
  ['topic:dt', false, 'topic filter'],
  ['-topic:dt/# flow', false, 'not the topic'],
  ['/fl.w":\\s*4/', true, 'a pattern'],
  ['/FLOW/', false, 'with case'],
  ['/FLOW/i', true, 'without case'],
  ['/^dt\\/pump-7\\/telemetry$/', true, 'on the topic'],
  ['/a[/]b/', false, 'a slash in a class'],
  ['$.flow', true, 'there'],
  ['-$.flow', false, 'not there'],
  ['$.none', false, 'not there'],
  ['$.flow > 4', true, 'more'],
  ['$.flow>4.2', false, 'not more'],
  ['$.flow >= 4.20', true, 'spelled otherwise'],
  ['$.list[1] = 2', true, 'an element'],
  ['$.list[*] = 3', true, 'any element'],
  ['$.list[*] > 3', false, 'no element'],
  ['$.*.deep = yes', true, 'any member'],
  ['$.o.deep = "yes"', true, 'a text'],
  ['$.o.deep != no', true, 'another text'],
  ['$["o"]["deep"] = yes', true, 'names in brackets'],
  ['$.on = true', true, 'a literal'],
  ['$.on != true', false, 'a literal'],
  ['$.nothing = null', true, 'null'],
  ['$.flow = "4.2"', false, 'a number is no text'],
  ['$.flow != x', true, 'of another kind'],
  ['$.temp < 0', true, 'below zero'],
  ['$.flow > 4 topic:dt/# pump -valve last:5m', true, 'all kinds'],
])('%s shows it: %s (%s)', (filter, expected) => {
  const payload = '{"flow":4.2,"temp":-5,"list":[1,2,3],"o":{"deep":"yes"},"on":true,"nothing":null,"bar":"\\""}'
  expect(shows(filter, 'dt/pump-7/telemetry', payload)).toBe(expected)
})

test.each([
  ['$.id = 9007199254740993', '9007199254740993', true],
  ['$.id = 9007199254740993', '9007199254740992', false],
  ['$.id > 9007199254740992', '9007199254740993', true],
  ['$.id >= 9007199254740993', '9007199254740992', false],
  ['$.id < 18446744073709551615', '18446744073709551614', true],
  ['$.id = 1e2', '100.0', true],
  ['$.id = 0.1', '0.10', true],
  ['$.id > 0.1', '0.1000000000000000000001', true],
])('%s and %s, beyond what a double tells apart: %s', (filter, id, expected) => {
  expect(shows(filter, 't', `{"id":${id}}`)).toBe(expected)
})

test('a comparison says what the numbers say', () => {
  const operators = {
    '=': (c: number) => c === 0,
    '!=': (c: number) => c !== 0,
    '<': (c: number) => c < 0,
    '>=': (c: number) => c >= 0,
  }
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), fc.bigInt({ min: -3n, max: 3n }), (n, by) => {
      const other = n + by
      for (const [operator, holds] of Object.entries(operators)) {
        expect(shows(`$.n ${operator} ${other}`, 't', `{"n":${n}}`)).toBe(holds(n < other ? -1 : n > other ? 1 : 0))
      }
    }),
  )
})

test('a payload that is no JSON, or no text, has no paths and does no harm', () => {
  expect(shows('$.a', 't', '{"a":')).toBe(false)
  expect(shows('$.a', 't', Uint8Array.of(0xff, 0x22, 0x61, 0x22))).toBe(false)
  expect(shows('pump', 't', Uint8Array.of(0xff, 0x70, 0x75, 0x6d, 0x70, 0xfe))).toBe(true)
})

test('a name may be written with an escape', () => {
  expect(shows('$.flow = 1', 't', '{"\\u0066low":1}')).toBe(true)
})

test('what a prototype brings is not there', () => {
  expect(shows('$.toString', 't', '{"toString ":1}')).toBe(false)
  expect(shows('$.list.length', 't', '{"list":[],"length":1}')).toBe(false)
})

test.each([
  ['topic:"x/a b"', 'x/a b', true],
  ['topic:"x/+"', 'x/a b', true],
  ['topic:"x/a b"', 'x/a', false],
  ['-topic:"x/a b" last:5m', 'x/a b', false],
  ['topic:"say \\"hi\\"/#"', 'say "hi"/x', true],
  ['topic:x/"a"', 'x/"a"', true],
])('%s and the topic %s: %s', (filter, topic, expected) => {
  expect(shows(filter, topic, '')).toBe(expected)
})

const hex = (text: string) => Uint8Array.from(text.match(/[\da-f]{2}/g) ?? [], (byte) => Number.parseInt(byte, 16))

/** RFC 8428 §6: the base name is -2, the name 0, the unit 1, the value 2. */
const SENML = hex('81 a4 21 67 75726e3a646576 00 6474656d70 01 6343656c 02 f9 4d40')

test.each([
  ['$[0][2] > 20', true],
  ['$[0][2] = 21', true],
  ['$[0][2] < 20', false],
  ['$[0][-2] = urn:dev', true],
  ['$[*][0] = temp', true],
  ['$[0][*] = Cel', true],
  ['$[0][3]', false],
  ['$[0]["2"]', false],
])('%s in a map of CBOR whose keys are numbers: %s', (filter, expected) => {
  expect(shows(filter, 'dt/a', SENML)).toBe(expected)
})

test.each([
  ['{"t":21.5}\u0000', true, 'with the zero that ends a text in C'],
  ['\ufeff{"t":21.5}', true, 'with a byte order mark'],
  ['{"t":1,"t":21.5}', true, 'of two members the last'],
  ['{"t":21.5,"t":1}', false, 'of two members the last'],
  [
    Uint8Array.from([...ENCODER.encode('{"t":21.5,"u":"'), 0xb0, ...ENCODER.encode('"}')]),
    false,
    'what is no UTF-8 is no JSON',
  ],
])('$.t > 20 in %j: %s, %s', (payload, expected, _) => {
  expect(shows('$.t > 20', 'dt/a', payload)).toBe(expected)
})

test.each([
  ['time:12:00..12:29', false],
  ['time:12:30..', true],
  ['time:..12:30', true],
  ['time:..12:29', false],
  ['time:12:30:00..12:30:00', true],
  ['time:2026-11-22..2026-11-22', true],
  ['time:2026-11-21..2026-11-21', false],
  ['-time:12:30..', false],
])('%s and a message of 12:30 today: %s', (filter, expected) => {
  expect(shows(filter, 't', '')).toBe(expected)
})

test('times with an offset are of that offset', () => {
  expect(readTimeRange('2026-11-22T12:04Z..2026-11-22T13:04:05.5+01:00', NOW_MS)).toEqual({
    fromMs: Date.UTC(2026, 10, 22, 12, 4),
    toMs: Date.UTC(2026, 10, 22, 12, 4, 5, 500),
  })
})

test.each([
  ['/a/x', 3, 4, 'x is no flag; i, m, s and u are. To look for the text, put it in quotation marks.'],
  ['ok /abc', 3, 7, 'The / that ends the regular expression is missing.'],
  ['/a(b/', 2, 4, 'This group is not closed.'],
  ['$.a[x] = 1', 3, 4, 'A path goes on with .name, ["name"], [0] or [*].'],
  ['$.a ~ 1', undefined, undefined, undefined],
  ['$.a~1', 3, 5, 'Expected =, !=, >, >=, < or <= after the path.'],
  ['$.a >', 5, 6, 'Expected a value after >.'],
  ['$.a > true', 6, 10, '> compares numbers and texts; true is neither.'],
  ['last:5x', 5, 7, 'Say how long: last:30s, last:5m, last:2h or last:1d.'],
  ['time:25:99..', 5, 12, '25:99 is no time: write 12:04, 12:04:30 or 2026-11-22T12:04:30Z.'],
  ['time:13:00..12:00', 5, 17, 'The times are in the wrong order.'],
  ['-last:5m', 1, 8, 'What is older is time:..12:00, with the time up to which it is.'],
  ['a "b', 2, 4, 'The quotation mark at the end is missing.'],
  ['topic:"x/a b', 6, 12, 'The quotation mark at the end is missing.'],
  ['topic: dt/#', 0, 6, 'Write the topic filter right behind topic: without a blank, as in topic:dt/#.'],
  ['topic:"x/a b"c', 13, 14, 'There must be a blank behind the quotation mark.'],
  ['topic:"x\\a"', 6, 11, 'Between quotation marks \\ begins an escape: write \\\\ for one, \\" for a mark.'],
  ['""', 0, 2, 'There is nothing between the quotation marks.'],
])('%s: from %s to %s: %s', (text, from, to, message) => {
  const { problem } = checkFilter(text, NOW_MS)
  if (message === undefined) expect(problem).toBeUndefined()
  else expect(problem).toEqual({ from, to, message })
})

test('any text is read without harm, and a problem stands within it', () => {
  const scraps = fc.string({
    unit: fc.constantFrom('a', '/', '"', '$', '.', '[', ']', '(', '*', '>', ' ', '-', ':', '5', 'topic:', 'time:'),
  })
  fc.assert(
    fc.property(scraps, (text) => {
      const { problem, terms } = checkFilter(text, NOW_MS)
      if (problem) expect(problem.from).toBeLessThan(problem.to)
      for (const { from, to } of terms) expect(text.slice(from, to).trim()).not.toBe('')
    }),
  )
})

/** {"id": 18446744073709551615, "flow": 4.5, "list": [1, 2], "o": {"deep": "yes"}, "on": true, "nothing": null} */
const AS_CBOR = hex(`a6 62 6964 1b ffffffffffffffff 64 666c6f77 f9 4480 64 6c697374 82 01 02
  61 6f a1 64 64656570 63 796573 62 6f6e f5 67 6e6f7468696e67 f6`)
const AS_MESSAGE_PACK = hex(`86 a2 6964 cf ffffffffffffffff a4 666c6f77 ca 40900000 a4 6c697374 92 01 02
  a1 6f 81 a4 64656570 a3 796573 a2 6f6e c3 a7 6e6f7468696e67 c0`)

test.each([
  ['$.flow > 4', true],
  ['$.flow = 4.5', true],
  ['$.flow < 4.5', false],
  ['$.id = 18446744073709551615', true],
  ['$.id = 18446744073709551614', false],
  ['$.list[*] = 2', true],
  ['$.list[1] = 1', false],
  ['$.o.deep = "yes"', true],
  ['$.on = true', true],
  ['$.nothing = null', true],
  ['$.none', false],
  ['-$.flow', false],
])('%s of CBOR and MessagePack: %s', (filter, expected) => {
  expect([AS_CBOR, AS_MESSAGE_PACK].map((payload) => shows(filter, 'dt/a', payload))).toEqual([expected, expected])
})

test('a CBOR tag is what it is set on, and a name may come in pieces', () => {
  expect(shows('$.at > 1363896239', 'dt/a', hex('a1 62 6174 c1 1a 514b67b0'))).toBe(true)
  expect(shows('$.flow = 1', 'dt/a', hex('a1 7f 62 666c 62 6f77 ff 01'))).toBe(true)
  expect(shows('$.flow = 1', 'dt/a', hex('ff a1 64 666c6f77 01'))).toBe(false) // neither
})

test('what is well-formed as both is what its Content Type says', () => {
  const payload = hex('81 61 60') // CBOR: an array of one text. MessagePack: a map from 97 to 96.
  const ring = new MessageRing({ maxBytes: 1e6, maxRows: 10 })
  for (const contentType of ['application/cbor', 'application/msgpack']) {
    const common = { topic: 'dt/a', payload, qos: 0, retain: false, dup: false, receivedAtMs: NOW_MS } as const
    ring.push({ ...common, properties: { contentType } })
  }
  const compiled = compileRowFilter('$[0]', ring, NOW_MS)
  if (!compiled || 'problem' in compiled) throw new Error('It is a filter')
  const cursor = new RowCursor()
  const shown = [0, 1].map((sequence) => ring.read(sequence, cursor) && compiled.admits(cursor))
  expect(shown).toEqual([true, false])
})
