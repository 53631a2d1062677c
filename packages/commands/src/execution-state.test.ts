import { expect, test } from 'vitest'
import { isFinal, REPORTABLE, whyNotReported } from './execution-state.ts'

// Source: AWS IoT developer guide, "Commands concepts and status", command execution status.
test.each([
  ['CREATED', false, {}],
  ['IN_PROGRESS', false, {}],
  // Found by the service: the device may still say how it ended, but not begin.
  ['TIMED_OUT', false, { IN_PROGRESS: 'InvalidStateTransition' }],
  ['TIMED_OUT', true, 'TerminalStateReached'],
  ['SUCCEEDED', true, 'TerminalStateReached'],
  ['FAILED', true, 'TerminalStateReached'],
  ['REJECTED', true, 'TerminalStateReached'],
] as const)('from %s, by the device %s', (status, isTerminal, refusals) => {
  const found = Object.fromEntries(REPORTABLE.map((next) => [next, whyNotReported({ status, isTerminal }, next)]))
  const expected =
    typeof refusals === 'string' ? Object.fromEntries(REPORTABLE.map((next) => [next, refusals])) : refusals
  expect(found).toEqual({ ...Object.fromEntries(REPORTABLE.map((next) => [next, undefined])), ...expected })
})

test('only progress is not the end', () => {
  expect(REPORTABLE.filter((status) => !isFinal(status))).toEqual(['IN_PROGRESS'])
})
