import type { WriteReport } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { ApiError } from '../http.ts'
import { type ReportNotice, ReportQueue } from './report-queue.ts'

const reportOf = (thingName: string): WriteReport => ({
  reportId: crypto.randomUUID(),
  writer: { sessionKey: 'key', clientId: 'thingdeck-ada-1' },
  from: '2026-11-28T21:50:54Z',
  to: '2026-11-28T21:50:54Z',
  write: { kind: 'shadow-delete', thingName, changes: [] },
})

const failed = (status: number) => new ApiError({ code: `HTTP_${status}`, message: 'why', status })

/** A queue before a server that answers as it is told, and a clock that waits to be told. */
function setUp() {
  const world = {
    failure: undefined as Error | undefined,
    sent: [] as string[],
    notices: [] as ReportNotice[],
    kept: [] as readonly WriteReport[],
    waits: [] as { delayMs: number; action: () => void }[],
  }
  const queue = new ReportQueue({
    async send({ write }) {
      if (world.failure) throw world.failure
      world.sent.push('thingName' in write ? write.thingName : write.kind)
    },
    after(delayMs, action) {
      world.waits.push({ delayMs, action })
      return () => {}
    },
    tell: (notice) => world.notices.push(notice),
    keep: (waiting) => {
      world.kept = waiting
    },
  })
  return { world, queue }
}

test('reports arrive in the order in which they were written, and nothing is said', async () => {
  const { world, queue } = setUp()
  queue.add(reportOf('a'))
  queue.add(reportOf('b'), reportOf('c'))
  await queue.flush()
  expect(world).toMatchObject({ sent: ['a', 'b', 'c'], notices: [], kept: [] })
})

test.each([0, 429, 500, 503])(
  'what is not taken (%i) is kept, said, and tried again ever more rarely',
  async (status) => {
    const { world, queue } = setUp()
    world.failure = failed(status)
    queue.add(reportOf('a'), reportOf('b'))
    await queue.flush()
    expect(world.kept).toHaveLength(2)
    expect(world.notices).toEqual([{ kind: 'waiting', count: 2, because: 'no-answer' }])
    world.waits[0]?.action()
    await queue.flush()
    expect(world.waits.map(({ delayMs }) => delayMs).slice(0, 2)).toEqual([1_000, 2_000])
    world.failure = undefined
    await queue.flush()
    expect(world.sent).toEqual(['a', 'b'])
    expect(world.notices.at(-1)).toEqual({ kind: 'delivered' })
  },
)

test('signed out, reports wait for their person and ask nobody meanwhile', async () => {
  const { world, queue } = setUp()
  world.failure = failed(401)
  queue.add(reportOf('a'))
  await queue.flush()
  expect(world).toMatchObject({ waits: [], notices: [{ kind: 'waiting', because: 'signed-out' }] })
  world.failure = undefined
  await queue.flush()
  expect(world.sent).toEqual(['a'])
})

test('one that is refused is said with its reason, and holds up none behind it', async () => {
  const { world, queue } = setUp()
  world.failure = failed(409)
  const refused = reportOf('a')
  queue.add(refused)
  await queue.flush()
  expect(world.notices).toEqual([{ kind: 'refused', report: refused, message: 'why' }])
  world.failure = undefined
  queue.add(reportOf('b'))
  await queue.flush()
  expect(world).toMatchObject({ sent: ['b'], kept: [] })
})

test('when too many wait the oldest is lost, and that is said', async () => {
  const { world, queue } = setUp()
  world.failure = failed(0)
  const reports = Array.from({ length: 501 }, (_, index) => reportOf(`thing-${index}`))
  queue.add(...reports)
  await queue.flush()
  expect(queue.waiting).toHaveLength(500)
  expect(world.notices[0]).toEqual({ kind: 'lost', report: reports[0] })
})
