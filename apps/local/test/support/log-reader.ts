import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { IoTClient, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot'
import type { Local } from '../../src/index.ts'
import { type Entry, entries, turnOn } from './iot-log.ts'
import { until } from './until.ts'

/** Waits for what the logs are to hold: nobody waits for their writing. */
export class LogReader {
  readonly #local: Pick<Local, 'sdk'>

  private constructor(local: Pick<Local, 'sdk'>) {
    this.#local = local
  }

  /** Turns AWS IoT's log on, and that of those who are not let in, which is off unless somebody asks for it. */
  static async open(local: Pick<Local, 'sdk'>): Promise<LogReader> {
    const iot = new IoTClient(local.sdk)
    await turnOn(local, 'ERROR')
    const eventConfigurations = [{ eventType: 'Connection.AuthNError', logLevel: 'ERROR' as const }]
    await iot.send(new SetV2LoggingOptionsCommand({ eventConfigurations }))
    iot.destroy()
    return new LogReader(local)
  }

  /** The latest entry of AWS IoT's log of a kind that has some members, once there is one. */
  entry(eventType: string, members: Entry): Promise<Entry> {
    return until(async () => (await this.entries(eventType, members)).at(-1))
  }

  async entries(eventType: string, members: Entry): Promise<Entry[]> {
    const found = await entries(this.#local, `{ $.eventType = "${eventType}" }`)
    return found.filter((entry) => Object.entries(members).every(([member, value]) => entry[member] === value))
  }

  /** The first line of a function's log that fits, once there is one. */
  async line(functionName: string, fits: (text: string) => boolean): Promise<string> {
    const [first = ''] = await this.lines(functionName, fits, 1)
    return first
  }

  /** All that fit, once there are so many. */
  lines(functionName: string, fits: (text: string) => boolean, count: number): Promise<string[]> {
    return until(async () => {
      const lines = (await this.#messages(`/aws/lambda/${functionName}`)).filter(fits)
      return lines.length >= count ? lines : undefined
    })
  }

  async #messages(logGroupName: string): Promise<string[]> {
    const logs = new CloudWatchLogsClient(this.#local.sdk)
    try {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }))
      return events.map(({ message = '' }) => message)
    } catch (error) {
      // The group is made with its first line.
      if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error
      return []
    } finally {
      logs.destroy()
    }
  }
}
