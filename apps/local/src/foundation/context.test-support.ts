import { pino } from 'pino'
import type { LocalContext } from './context.ts'
import { Database } from './database.ts'
import { IotLog } from './iot-log.ts'
import { Metrics } from './metrics.ts'

/** A context in memory whose time only moves when `now.ms` does. */
export function testContext(): { context: LocalContext; now: { ms: number } } {
  const now = { ms: Date.now() }
  return {
    now,
    context: {
      account: { id: '123456789012', region: 'eu-central-1' },
      clock: () => now.ms,
      database: new Database(':memory:'),
      log: pino({ level: 'silent' }),
      metrics: new Metrics(() => now.ms),
      iotLog: new IotLog(),
    },
  }
}
