import { expect, onTestFinished, test, vi } from 'vitest'
import type { FunctionVersion } from './function-version.ts'
import {
  MAX_PROCESSES,
  MAX_PROCESSES_OF_FUNCTION,
  MAX_WAITING,
  type PooledProcess,
  ProcessPool,
} from './process-pool.ts'

class FakeProcess implements PooledProcess {
  hasEnded = false
  readonly gone = Promise.resolve()
  kill(): void {
    this.hasEnded = true
  }
}

const version = (name: string, revisionId = '1'): FunctionVersion => ({
  name,
  version: '$LATEST',
  revisionId,
  runtime: 'nodejs22.x',
  handler: 'index.handler',
  role: '',
  description: '',
  timeoutSeconds: 3,
  memoryMb: 128,
  storageMb: 512,
  architecture: 'x86_64',
  environment: {},
  logGroup: '',
  code: { kind: 'zip', sha256: '', sizeBytes: 0 },
  modifiedAtMs: 0,
})

function makePool(limitOf: (name: string) => number | undefined = () => undefined) {
  const started: FakeProcess[] = []
  let nowMs = 0
  const pool = new ProcessPool<FakeProcess>({
    start: () => {
      const process = new FakeProcess()
      started.push(process)
      return process
    },
    limitOf,
    now: () => nowMs,
  })
  onTestFinished(() => pool.close())
  return { pool, started, pass: (ms: number) => (nowMs += ms) }
}

const mustTake = async (pool: ProcessPool<FakeProcess>, of: FunctionVersion) => {
  const lease = await pool.take(of)
  if (!lease) throw new Error('as many wait as may')
  return lease
}

test('a process is used again by the same revision, and by no other', async () => {
  const { pool, started } = makePool()
  const first = await mustTake(pool, version('f'))
  first.giveBack(true)
  const again = await mustTake(pool, version('f'))
  expect([again.process, again.isNew]).toEqual([first.process, false])
  again.giveBack(true)
  const changed = await mustTake(pool, version('f', '2'))
  expect([changed.process, changed.isNew]).toEqual([started[1], true])
})

test('what has ended, or is too old for its credentials, is not used again', async () => {
  const { pool, pass } = makePool()
  const first = await mustTake(pool, version('f'))
  first.process.kill()
  first.giveBack(true)
  const second = await mustTake(pool, version('f'))
  expect(second.process).not.toBe(first.process)
  second.giveBack(true)
  pass(5 * 3_600_000)
  const third = await mustTake(pool, version('f'))
  expect(third.process).not.toBe(second.process)
})

test('so many of a function run at once; the others wait for their turn, the first first', async () => {
  const { pool, started } = makePool()
  const leases = await Promise.all(
    Array.from({ length: MAX_PROCESSES_OF_FUNCTION }, () => mustTake(pool, version('f'))),
  )
  const order: number[] = []
  for (const number of [1, 2]) void mustTake(pool, version('f')).then(() => order.push(number))
  const other = await mustTake(pool, version('g'))
  expect(other.isNew).toBe(true)
  leases[0]?.giveBack(true)
  await vi.waitFor(() => expect(order).toEqual([1]), { timeout: 20_000 })
  leases[1]?.giveBack(false)
  await vi.waitFor(() => expect(order).toEqual([1, 2]), { timeout: 20_000 })
  expect(started.filter(({ hasEnded }) => !hasEnded)).toHaveLength(MAX_PROCESSES_OF_FUNCTION + 1)
})

test('what was reserved bounds a function further', async () => {
  const { pool } = makePool(() => 1)
  const first = await mustTake(pool, version('f'))
  let isTaken = false
  const second = mustTake(pool, version('f')).then(() => (isTaken = true))
  await Promise.resolve()
  expect(isTaken).toBe(false)
  first.giveBack(true)
  await second
})

test('the one that nobody has needed longest makes room', async () => {
  const { pool, started, pass } = makePool()
  for (let number = 0; number < MAX_PROCESSES; number += 1) {
    const lease = await mustTake(pool, version(`f${number}`))
    pass(1)
    lease.giveBack(true)
  }
  await mustTake(pool, version('another'))
  expect(started.map(({ hasEnded }) => hasEnded).indexOf(true)).toBe(0)
  expect(pool.size).toBe(MAX_PROCESSES)
})

test('no more wait than may', async () => {
  const { pool } = makePool(() => 1)
  await mustTake(pool, version('f'))
  for (let number = 0; number < MAX_WAITING; number += 1) void pool.take(version('f'))
  expect(await pool.take(version('f'))).toBeUndefined()
})

test('cleared: all end, and whoever waits gets none', async () => {
  const { pool, started } = makePool(() => 1)
  const lease = await mustTake(pool, version('f'))
  const waiting = pool.take(version('f'))
  pool.clear()
  expect(await waiting).toBeUndefined()
  expect(started.every(({ hasEnded }) => hasEnded)).toBe(true)
  lease.giveBack(true)
  expect(pool.size).toBe(0)
})
