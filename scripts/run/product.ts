import { Service } from './service.ts'

export interface ProductOptions {
  readonly ports: {
    readonly console: number
    readonly http: number
    readonly mqtt: number
    readonly https: number
  }
  /** Where it keeps everything. */
  readonly data: string
  /** How many simulated devices it has. They lose no connection by chance. */
  readonly devices: number
  /** What it is told beside its options. */
  readonly environment?: Readonly<Record<string, string>>
}

/**
 * The whole product as a user starts it, by `npm start`, and waits until it is ready.
 * @throws {Error} with what it said, when it does not start
 */
export async function startProduct({ ports, data, devices, environment = {} }: ProductOptions): Promise<Service> {
  const options = {
    'console-port': ports.console,
    port: ports.http,
    'mqtt-port': ports.mqtt,
    'https-port': ports.https,
    data,
    devices,
    'drop-every': 0,
  }
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  // It waits for each of its services in turn; killed before that, it would leave them behind.
  const service = new Service({
    name: 'product',
    program: 'scripts/start.ts',
    args,
    environment: { ...process.env, ...environment },
    patienceMs: 30_000,
  })
  await service.line((text) => text.startsWith('Thingdeck is ready: '))
  return service
}
