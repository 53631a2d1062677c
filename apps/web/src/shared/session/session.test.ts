import { expect, test } from 'vitest'
import { whyNot } from './session.tsx'

test.each([
  ['viewer', 'viewer', true],
  ['viewer', 'operator', false],
  ['operator', 'operator', true],
  ['operator', 'admin', false],
  ['admin', 'operator', true],
] as const)('%s where %s is needed: %j', (role, needed, may) => {
  const reason = whyNot(role, needed)
  expect(reason === undefined).toBe(may)
  if (!may) expect(reason).toBe(`This needs the role ${needed}; you are signed in as ${role}.`)
})
