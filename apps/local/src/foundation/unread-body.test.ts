import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { letGo } from './unread-body.ts'

test('what goes wrong with a body that was let go is no error of the process', () => {
  const body = new Readable({ read() {} })
  letGo(body)
  expect(body.destroyed).toBe(true)
  expect(body.listenerCount('error')).toBe(1) // what Node throws where there is none
  letGo(undefined)
})
