import { expect, test } from 'vitest'
import { commandMessageOf } from './command-message.ts'

const said = (topic: string, payload: unknown) =>
  commandMessageOf(topic, new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)))

const OF = { executionId: 'e-1', thingName: 'lamp-1' }

// Source: AWS IoT developer guide, "Commands topics", "Command events".
test.each<[string, unknown, object]>([
  ['request/json', { level: 20 }, { ...OF, words: 'AWS IoT sends lamp-1 a command' }],
  [
    'response/json',
    {
      status: 'FAILED',
      statusReason: { reasonCode: 'LOCKED', reasonDescription: 'in use' },
      result: { on: { b: true } },
    },
    { ...OF, words: 'lamp-1 reports on its command: FAILED, LOCKED, in use, on true' },
  ],
  ['response/json', 'no JSON', { ...OF, words: 'lamp-1 reports on its command' }],
  ['response/accepted/json', { executionId: 'e-1' }, { ...OF, words: 'AWS IoT takes what lamp-1 reported' }],
  [
    'response/rejected/json',
    { error: 'TerminalStateReached', errorMessage: 'over' },
    { ...OF, words: 'AWS IoT refuses what lamp-1 reported; TerminalStateReached: over' },
  ],
])('%s %j', (end, payload, expected) => {
  expect(said(`$aws/commands/things/lamp-1/executions/e-1/${end}`, payload)).toEqual(expected)
})

test('a report in CBOR', () => {
  // {"status": "SUCCEEDED"}
  const bytes = Uint8Array.of(
    0xa1,
    0x66,
    ...new TextEncoder().encode('status'),
    0x69,
    ...new TextEncoder().encode('SUCCEEDED'),
  )
  expect(commandMessageOf('$aws/commands/clients/c-9/executions/e-1/response/cbor', bytes)).toEqual({
    executionId: 'e-1',
    clientId: 'c-9',
    words: 'c-9 reports on its command: SUCCEEDED',
  })
})

test('events; what is of no command says nothing', () => {
  expect(
    said('$aws/events/commandExecution/dim/TIMED_OUT', {
      executionId: 'e-1',
      targetArn: 'arn:aws:iot:us-east-1:123456789012:thing/lamp-1',
      statusReason: { reasonCode: '$NO_RESPONSE_FROM_DEVICE' },
    }),
  ).toEqual({ ...OF, commandId: 'dim', words: 'The command dim on lamp-1: timed out, $NO_RESPONSE_FROM_DEVICE' })
  expect(said('$aws/things/lamp-1/shadow/update', {})).toBeUndefined()
  expect(said('dt/commands', {})).toBeUndefined()
})
