// @vitest-environment node
import { expect, test } from 'vitest'
import { ruleSql } from '../../protocol/rule-sql.ts'
import { MessageRing, RowCursor } from '../ring/message-ring.ts'
import { checkFilter, compileRowFilter } from './row-filter.ts'

const ENCODER = new TextEncoder()

function compile(filter: string, payload = '{"temperature":31,"o":{"deep":"yes"}}') {
  const ring = new MessageRing({ maxBytes: 1e6, maxRows: 10 })
  ring.push({
    topic: 'dt/pump-7/telemetry',
    payload: ENCODER.encode(payload),
    qos: 0,
    retain: false,
    dup: false,
    receivedAtMs: 7,
    properties: { contentType: 'text/json' },
  })
  const cursor = new RowCursor()
  ring.read(0, cursor)
  const compiled = compileRowFilter(filter, ring, 0)
  if (!compiled || 'problem' in compiled) throw new Error(compiled?.problem.message)
  return { isShown: compiled.admits(cursor), rule: compiled.rule }
}

test.each([
  ['SQL temperature > 30', true],
  ['SQL temperature > 31', false],
  ["sql WHERE topic(2) = 'pump-7'", true],
  ['WHERE missing = 1', false],
  ["SELECT * FROM 'dt/+/telemetry' WHERE temperature > 30", true],
  ["SELECT * FROM 'cmd/#'", false],
  ["SQL get_mqtt_property('content_type') = 'text/json'", true],
  ['pump SQL temperature > 30', true],
  ['valve SQL temperature > 30', false],
  ['SQL timestamp() = 7', true],
])('%s: %s', (filter, expected) => {
  expect(compile(filter).isShown).toBe(expected)
})

test.each([
  ['SQL temperature >', 'temperature >', 17],
  ['SELECT foor(a)', 'foor', 7],
  ['last:5m SQL foor(a) = 1', 'foor', 12],
])('%s says what is wrong, and where', (filter, _, from) => {
  const { problem } = checkFilter(filter, 0)
  expect(problem?.from).toBe(from)
  expect(problem?.message).not.toContain('column')
})

test('what asks AWS is no filter, and words in small letters are looked for', () => {
  const asks = "SQL get_thing_shadow('a', 'arn:aws:iam::123456789012:role/r').v = 1"
  expect(checkFilter(asks, 0).problem?.message).toContain('A filter asks nobody')
  expect(checkFilter('select where', 0).terms.map(({ language }) => language)).toEqual(['text', 'text'])
})

test.each<[string, readonly string[], string | undefined]>([
  ['SQL temperature > 30', ['dt/#'], "SELECT * FROM 'dt/#' WHERE temperature > 30"],
  [
    "SELECT temperature AS t FROM 'dt/+/telemetry' WHERE temperature > 30",
    [],
    "SELECT temperature AS t FROM 'dt/+/telemetry' WHERE temperature > 30",
  ],
  [
    '$.temperature > 20 topic:dt/+/telemetry last:5m',
    ['a', 'b'],
    "SELECT * FROM 'dt/+/telemetry' WHERE temperature > 20",
  ],
  ['$.o.deep = "yes" $.temperature != 3', ['a', 'b'], "SELECT * FROM '#' WHERE o.deep = 'yes' AND temperature <> 3"],
  ['$.o -$.none', ['dt/#'], "SELECT * FROM 'dt/#' WHERE NOT isUndefined(o) AND isUndefined(none)"],
  [
    '$.from = "a" $.end.case > 3',
    ['dt/#'],
    "SELECT * FROM 'dt/#' WHERE get(*, 'from') = 'a' AND get(*, 'end').case > 3",
  ],
  [
    '$.none != null $.temperature < 1e+3',
    ['dt/#'],
    "SELECT * FROM 'dt/#' WHERE NOT isNull(none) AND NOT isUndefined(none) AND temperature < 1e3",
  ],
  ['$.o.deep > "a"', ['dt/#'], undefined],
  ['pump', ['dt/#'], undefined],
  ['$.temperature > 20', ["hall's/#"], undefined],
  ['-$.temperature > 20', ['dt/#'], undefined],
  ['$.list[*] = 3', ['dt/#'], undefined],
])('%s is a rule, where rules can be asked it', (filter, subscribed, sql) => {
  const { rule } = compile(filter)
  expect(rule && ruleSql(rule, subscribed)).toBe(sql)
  // What the rule asks is what the filter shows.
  if (rule && sql)
    expect(compile(`SQL ${sql.replace(/FROM '[^']*'/, "FROM '#'")}`).isShown).toBe(compile(filter).isShown)
})
