import type { Logger } from 'pino'
import type { Account } from './account.ts'
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import type { IotLog } from './iot-log.ts'
import type { Metrics } from './metrics.ts'

/** What every service of the embedded server is made with. */
export interface LocalContext {
  readonly account: Account
  readonly clock: Clock
  readonly database: Database
  readonly log: Logger
  /** Where what happens is counted, for CloudWatch. */
  readonly metrics: Metrics
  /** What clients did and what became of it, for the account's people; `log` is about the server, for whoever runs it. */
  readonly iotLog: IotLog
}
