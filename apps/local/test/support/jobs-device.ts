import type { Local } from '../../src/index.ts'
import { makeDevice } from './device.ts'
import { connectDevice, type TestClient } from './mqtt-client.ts'

/** A device of a thing of its own, which hears all of its notifications, and stays though the clock is put forward. */
export async function jobsDevice(
  local: Pick<Local, 'sdk' | 'urls' | 'rootCa'>,
  thingName: string,
): Promise<JobsDevice> {
  const client = await connectDevice(local, await makeDevice(local, { thingName }), { keepalive: 0 })
  const topic = `$aws/things/${thingName}/jobs`
  await client.mqtt.subscribeAsync([`${topic}/notify`, `${topic}/notify-next`], { qos: 1 })
  return new JobsDevice(client, topic)
}

/** What a device does on the topics of jobs; answers come whether it has subscribed to them or not. */
export class JobsDevice implements AsyncDisposable {
  readonly client: TestClient
  readonly #topic: string

  constructor(client: TestClient, topic: string) {
    this.client = client
    this.#topic = topic
  }

  async send(operation: string, document: object | string = {}): Promise<void> {
    const text = typeof document === 'string' ? document : JSON.stringify(document)
    await this.client.mqtt.publishAsync(`${this.#topic}/${operation}`, text, { qos: 1 })
  }

  next(tail: string) {
    return this.client.json(`${this.#topic}/${tail}`)
  }

  async ask(operation: string, document: object | string = {}) {
    await this.send(operation, document)
    return this.next(`${operation}/accepted`)
  }

  async refused(operation: string, document: object | string = {}) {
    await this.send(operation, document)
    return this.next(`${operation}/rejected`)
  }

  /** Topics, behind the common part, of what came and was not looked at. Everything asked for so far has come by then. */
  async rest(): Promise<string[]> {
    await this.ask('get')
    return this.client.inbox.rest.map(({ topic }) => topic.slice(this.#topic.length + 1))
  }

  async [Symbol.asyncDispose]() {
    await this.client[Symbol.asyncDispose]()
  }
}
