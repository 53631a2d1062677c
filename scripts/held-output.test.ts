import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { HeldOutput } from './held-output.ts'

test('what is said beside another is shown in one piece once that has ended, and at once from then on', () => {
  const shown = new PassThrough({ encoding: 'utf8' })
  const held = new HeldOutput(shown)
  held.write(Buffer.from('one\n'))
  held.write(Buffer.from('two\n'))
  expect(shown.read()).toBeNull()
  held.release()
  expect(shown.read()).toBe('one\ntwo\n')
  held.write(Buffer.from('three\n'))
  expect(shown.read()).toBe('three\n')
})
