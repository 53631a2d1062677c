import { join } from 'node:path'
import { LogFile } from './log-file.ts'
import { Service, type ServiceOptions } from './service.ts'

/** The processes of one `npm start`: they end together, with whoever started them. */
export class Services {
  readonly #logs: string
  readonly #running: Service[] = []
  #isReady = false
  #isStopping = false

  /** @param data where the logs of the services go, in a folder of their own */
  constructor(data: string) {
    this.#logs = join(data, 'logs')
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // It may come twice, to a whole group and passed on by whoever started this: dying of it would leave services behind.
      process.on(signal, () => {
        if (!this.#isStopping) void this.stop(0)
      })
    }
  }

  get isStopping(): boolean {
    return this.#isStopping
  }

  /** What it says on standard error goes to a log of its own. */
  start(options: ServiceOptions): Service {
    const path = join(this.#logs, `${options.program.split('/')[1]}.log`)
    const log = new LogFile(path, { onFault: (sentence) => console.error(sentence) })
    const service = new Service({ ...options, onError: (line) => log.write(line) })
    this.#running.push(service)
    void service.ended.then((code) => {
      if (this.#isStopping || !this.#isReady) return
      void this.stop(1, `The ${options.name} ended unexpectedly (exit code ${code}); its log is in ${this.#logs}.`)
    })
    return service
  }

  /** From now on one that ends by itself ends the others, too; before that, whoever waits for it is told. */
  allReady(): void {
    this.#isReady = true
  }

  /** Ends all of them, and this process. */
  async stop(code: number, why?: string): Promise<never> {
    if (why) console.error(why)
    this.#isStopping = true
    // Devices first, so that they can say goodbye to a broker that is still there.
    for (const service of this.#running.toReversed()) await service.stop()
    process.exit(code)
  }
}
