import { destination, pino } from 'pino'
import { readConfig } from './config.ts'
import { StartupError } from './foundation/startup-error.ts'
import { usage } from './options.ts'
import { readyLine } from './ready-line.ts'

/**
 * The embedded AWS IoT Core in the foreground. Prints one line of JSON on standard output once all ports answer; the log
 * goes to standard error.
 */
export async function runCommand(): Promise<void> {
  try {
    const config = readConfig(process.argv.slice(2), process.env)
    if (!config) {
      process.stdout.write(usage())
    } else {
      const log = pino({ name: 'local', level: config.logLevel }, destination({ fd: 2, sync: true }))
      // Loaded only now: a mistyped option is told at once.
      const { preferShortPauses } = await import('@thingdeck/broker')
      preferShortPauses()
      const { startServer } = await import('./start.ts')
      const server = await startServer(config, log)
      process.stdout.write(`${readyLine(config, server)}\n`)
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.once(signal, () => {
          log.info({ signal }, 'closing')
          server.close().then(
            () => process.exit(0),
            (error: unknown) => {
              log.error({ err: error }, 'closing failed')
              process.exit(1)
            },
          )
        })
      }
    }
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
