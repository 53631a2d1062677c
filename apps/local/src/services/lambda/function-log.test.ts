import { expect, test } from 'vitest'
import { FunctionLog } from './function-log.ts'

const makeLog = () =>
  new FunctionLog({
    sink: { write: () => {} },
    clock: () => 0,
    group: '/aws/lambda/pump',
    version: '1',
    mayWrite: () => true,
  })

test('the tail is the end of what was written, and no more is held of it', () => {
  const log = makeLog()
  log.beginTail()
  for (let line = 0; line < 10_000; line += 1) log.write(`line ${line}`)
  expect(log.heldOfTail).toBeLessThan(5_000)
  const tail = log.endTail().toString()
  expect(tail).toHaveLength(4096)
  expect(tail.endsWith('line 9998\nline 9999\n')).toBe(true)
})

test('a tail is that of its own invocation, also where one entry is more than all of it', () => {
  const log = makeLog()
  log.beginTail()
  log.write('x'.repeat(300_000))
  expect(log.endTail()).toHaveLength(4096)
  log.beginTail()
  log.write('short')
  expect(log.endTail().toString()).toBe('short\n')
  expect(log.endTail()).toHaveLength(0)
})
