import { pino } from 'pino'
import { expect, test } from 'vitest'
import { Changes } from '../../foundation/changes.ts'
import { Database } from '../../foundation/database.ts'
import type { JobChange } from '../../foundation/job-change.ts'
import { Ledger } from './ledger.ts'

test('a change that is kept is none that failed, whoever could not be told', () => {
  const told: string[] = []
  const failing = (name: string) => {
    told.push(name)
    throw new Error('disk I/O error')
  }
  const changes = new Changes<JobChange>()
  const ledger = new Ledger({
    database: new Database(':memory:'),
    log: pino({ level: 'silent' }),
    notifier: { mark() {}, tell: failing },
    changes,
    wake: () => told.push('pump'),
  })
  const kept = ledger.change((effects) => {
    for (const thingName of ['pump-1', 'pump-2']) effects.touch(thingName)
    effects.afterwards(() => failing('later'))
    return 'kept'
  })
  expect(kept).toBe('kept')
  expect(told).toEqual(['pump-1', 'pump-2', 'later', 'pump'])
})
