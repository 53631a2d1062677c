import { expect, test } from 'vitest'
import { allow, decideGuideCase, deny, publish, type Statement } from '../test/guide/guide-case.ts'

test('the first need that is refused decides, and an explicit Deny says so', () => {
  const retained = decideGuideCase(
    [allow('iot:Publish', '*'), deny('iot:RetainPublish', 'topic/t')],
    {},
    publish('t', true),
  )
  expect(retained.decision).toBe('EXPLICIT_DENY')
  expect(retained.deciding?.need.action).toBe('iot:RetainPublish')
  expect(retained.needs.map(({ decision }) => decision.decision)).toEqual(['ALLOWED', 'EXPLICIT_DENY'])
})

test('to be allowed on one of the resources is enough, unless another is denied', () => {
  const need = { action: 'iot:GetThingShadow', resources: ['thing/t/config', 'thing/t'] }
  const ask = (...statements: Statement[]) =>
    decideGuideCase(statements, { isHttps: true }, { kind: 'operation', need }).decision
  expect(ask(allow('iot:GetThingShadow', 'thing/t'))).toBe('ALLOWED')
  expect(ask(allow('iot:GetThingShadow', 'thing/t'), deny('iot:*', 'thing/t/config'))).toBe('EXPLICIT_DENY')
  expect(ask(allow('iot:GetThingShadow', 'thing/u'))).toBe('IMPLICIT_DENY')
})
