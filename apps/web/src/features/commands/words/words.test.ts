import { CommandError, type ParameterType } from '@thingdeck/commands'
import type { CommandParameter } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { isOver, mayComeLate } from '../../../shared/command-executions/execution-words.ts'
import { brokenParameter, freshParameter } from '../create/parameter-drafts.ts'
import { takenValue, takenValues } from './parameter-text.ts'
import { conditionsInWords } from './parameters.ts'
import { requestTopic, sentPayload } from './payload.ts'
import { commandStatus } from './status.ts'
import { secondsInWords, timeoutRule } from './timeout.ts'

const LEVEL: CommandParameter = {
  name: 'level',
  type: 'INTEGER',
  defaultValue: { I: 60 },
  valueConditions: [
    { comparisonOperator: 'IN_RANGE', operand: { numberRange: { min: '0', max: '100' } } },
    { comparisonOperator: 'NOT_IN_SET', operand: { numbers: ['13'] } },
  ],
}

test.each<[ParameterType, string, object]>([
  ['STRING', ' as it is ', { S: ' as it is ' }],
  ['BOOLEAN', 'true', { B: true }],
  ['INTEGER', '-5', { I: -5 }],
  ['LONG', '9007199254740991', { L: 9007199254740991 }],
  ['UNSIGNEDLONG', '18446744073709551615', { UL: '18446744073709551615' }],
  ['DOUBLE', '2.5e3', { D: 2500 }],
  ['BINARY', 'AAE', { BIN: 'AAE=' }],
])('of type %s, %s is %j', (type, text, given) => {
  expect(takenValue({ name: 'p', type }, text)).toMatchObject({ given, taken: given })
})

test.each<[Partial<CommandParameter>, string, string]>([
  [{ type: 'BOOLEAN' }, 'yes', 'True or false.'],
  [{ type: 'INTEGER' }, '1.5', 'A whole number.'],
  [{ type: 'INTEGER' }, '3000000000', '32 bits'],
  [{ type: 'LONG' }, '9007199254740993', '53 bits'],
  [{ type: 'DOUBLE' }, 'x', 'A number'],
  [{ type: 'BINARY' }, '!', 'Base64'],
  [{ type: 'STRING' }, '', 'It needs a value'],
  [LEVEL, '101', 'It does not satisfy its condition IN_RANGE 0 to 100.'],
  [LEVEL, '13', 'NOT_IN_SET 13'],
])('%j does not take %j: %s', (parameter, text, problem) => {
  expect(takenValue({ name: 'p', ...parameter }, text)).toMatchObject({ problem: expect.stringContaining(problem) })
})

test('what is not written is left to the default, and sent as nothing', () => {
  expect(takenValues([LEVEL], {})).toEqual({ given: {}, taken: { level: { I: 60 } } })
  expect(takenValues([LEVEL], { level: '101' })).toBeUndefined()
  expect(conditionsInWords(LEVEL)).toBe('from 0 to 100, none of 13')
})

test('a device gets what is shown', () => {
  const payloadTemplate = '{"level":"${aws:iot:commandexecution::parameter:level}"}'
  expect(sentPayload({ payloadTemplate }, { level: { I: 20 } }, 10)).toEqual({
    kind: 'json',
    text: '{"level":20}',
    contentType: 'application/json',
  })
  const cbor = { payloadTemplate, outputFormat: 'CBOR' } as const
  expect(sentPayload(cbor, { level: { I: 20 } }, 10)).toMatchObject({ kind: 'cbor', text: '{\n  "level": 20\n}' })
  // In JSON bytes are Base64; in CBOR they are bytes.
  expect(sentPayload(cbor, { level: { BIN: 'AAE=' } }, 10)).toMatchObject({ text: '{\n  "level": h\'0001\'\n}' })
  expect(() => sentPayload({ payloadTemplate }, {}, 10)).toThrow(CommandError)
  expect(sentPayload({ payload: { content: 'AAE=' } }, {}, 10)).toMatchObject({
    bytes: Uint8Array.of(0, 1),
    contentType: 'application/octet-stream',
  })
})

// Source: AWS IoT developer guide, "Commands concepts and status", reserved topics.
test.each([
  ['application/json', '/request/json'],
  ['application/cbor', '/request/cbor'],
  ['text/plain', '/request'],
])('%s comes on …%s', (contentType, end) => {
  expect(requestTopic(contentType, { kind: 'things', id: 'pump-7' })).toBe(
    `$aws/commands/things/pump-7/executions/ID${end}`,
  )
})

test('a time-out that AWS found is not the end; one that the device reported is', () => {
  expect(mayComeLate({ status: 'TIMED_OUT' })).toBe(true)
  expect(mayComeLate({ status: 'TIMED_OUT', completedAt: '2026-01-01T00:00:00Z' })).toBe(false)
  expect(isOver({})).toBe(false)
  expect(commandStatus({ deprecated: true, pendingDeletion: true }).words).toBe('Pending deletion')
})

test.each([
  [10, '10 seconds'],
  [61, '1 minute 1 second'],
  [5_400, '1 hour 30 minutes'],
  [43_200, '12 hours'],
])('%i s are %s', (seconds, words) => {
  expect(secondsInWords(seconds)).toBe(words)
  expect(timeoutRule(String(seconds))).toBeUndefined()
})

test('no time-out but whole seconds within 12 hours', () => {
  for (const text of ['0', '43201', '1.5', '']) expect(timeoutRule(text)).toBeDefined()
})

test('a default that its own condition refuses is said at the default, before the command is made', () => {
  const level = { ...freshParameter('level'), type: 'INTEGER' as const }
  const conditions = [{ operator: 'IN_RANGE' as const, text: '0', max: '100' }]
  const broken = (defaultText: string) => brokenParameter([{ ...level, defaultText, conditions }])
  expect(broken('50')).toBeUndefined()
  expect(broken('101')).toMatchObject({
    part: 'default',
    why: expect.stringContaining('The default of the parameter level does not satisfy its condition IN_RANGE'),
  })
})
