import { expect, test } from 'vitest'
import { withUnansweredUpdate } from '../../../test/unanswered-update.ts'
import { RotationStore } from './rotation-store.ts'

const AT = '2030-01-01T00:00:00.000Z'

test.each([true, false])(
  'one of which nobody answered that it was kept is there if it was (%s), and else not',
  async (isKept) => {
    const store = new RotationStore(withUnansweredUpdate('rotations', isKept))
    const head = {
      rotationId: 'one',
      starter: { person: { id: 'ada', name: 'Ada', role: 'admin' as const }, requestId: 'r-1' },
      startedAt: AT,
      requestsPerSecond: 5,
      sight: { source: 'log' as const },
    }
    const thing = { thingName: 'fan', stage: 'chosen' as const, since: AT, oldCertificateIds: [] }
    const created = await store.create(head, [thing], () => {}).catch((error: Error) => error.message)
    expect(created).toEqual(isKept ? { ...head, chunks: 1 } : 'no answer')
    expect((await store.list()).map(({ rotationId }) => rotationId)).toEqual(isKept ? ['one'] : [])
    expect(await store.head('one')).toEqual(isKept ? { ...head, chunks: 1 } : undefined)
  },
)
