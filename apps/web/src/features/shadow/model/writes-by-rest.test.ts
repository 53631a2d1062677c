import { expect, test } from 'vitest'
import type { Change } from './change.ts'
import { fallbackTransport } from './fallback-transport.ts'
import type { DeleteAnswer, ShadowTransport, UpdateAnswer } from './transport.ts'
import { WritesByRest } from './writes-by-rest.ts'

const ACCEPTED: UpdateAnswer = { kind: 'accepted', version: 2, timestampSeconds: 1 }
const way = (update: UpdateAnswer, deletion: DeleteAnswer = { kind: 'deleted', version: 1 }): ShadowTransport => ({
  get: async () => ({ kind: 'none' }),
  update: async () => update,
  delete: async () => deletion,
})
const change = { id: 'c-1' } as Change

test.each([
  ['MQTT is down', false, way(ACCEPTED), ACCEPTED, true],
  ['MQTT gave no answer, REST did', true, way({ kind: 'unanswered' }), ACCEPTED, true],
  ['MQTT took it', true, way(ACCEPTED), ACCEPTED, false],
  [
    'MQTT took it, its answer was lost, and REST found it done',
    true,
    way({ kind: 'unanswered' }),
    { kind: 'refused', code: 'ConflictException', message: '' } as const,
    false,
  ],
])('%s: the server knows of the update: %s', async (_, isUp, mqtt, rest, isKnown) => {
  const written = new WritesByRest(way(rest))
  const transport = fallbackTransport({ transport: mqtt, isUp: () => isUp }, written)
  await transport.update('{}', 'c-1-1')
  expect(written.hasUpdated(change)).toBe(isKnown)
  expect(written.hasUpdated({ id: 'c-2' } as Change)).toBe(false)
})

test('a deletion that went by REST is known, one over MQTT is not', async () => {
  const written = new WritesByRest(way(ACCEPTED, { kind: 'deleted', version: 4 }))
  await fallbackTransport({ transport: way(ACCEPTED), isUp: () => true }, written).delete('d-1')
  expect(written.hasDeleted(1)).toBe(false)
  await fallbackTransport({ transport: way(ACCEPTED), isUp: () => false }, written).delete('d-2')
  expect(written.hasDeleted(4)).toBe(true)
})
