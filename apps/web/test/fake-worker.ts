import { matches } from '@thingdeck/topics'
import { onTestFinished, vi } from 'vitest'
import { serveRehearsal } from '../src/features/rules/rehearsal/engine/serve-rehearsal.ts'
import type { MqttNotices, MqttProcedures } from '../src/shared/mqtt/protocol.ts'
import { type MqttStatus, NO_STATUS } from '../src/shared/mqtt/status.ts'
import { type Server, serve } from '../src/shared/rpc/rpc.ts'

type OpenTap = Parameters<MqttProcedures['mqtt.openTap']>[0]

export interface FakeWorker {
  /** Calls that the page made, by name. */
  readonly calls: readonly string[]
  /** Tells the page how the MQTT session stands. */
  say(status: Partial<MqttStatus>): void
  /** Tells the page that the stream had a hole. */
  gap(): void
  /** Brings a message to each tap of the page that wants it. */
  hear(topic: string, text: string): void
}

/** The worker's end of the page's port, for the length of a test: it notes calls, and says what the test says. */
export function fakeWorker(): FakeWorker {
  const calls: string[] = []
  const taps: OpenTap[] = []
  let server: Server<MqttNotices> | undefined
  let status: MqttStatus = NO_STATUS
  const procedures = new Proxy({} as MqttProcedures, {
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    get: (_, name) => (input: unknown) => {
      calls.push(String(name))
      if (name === 'openTap' || name === 'mqtt.openTap') taps.push(input as OpenTap) // as the page's client sends it
    },
  })
  vi.stubGlobal(
    'Worker',
    class {
      readonly #name: string | undefined

      constructor(_: URL, options?: WorkerOptions) {
        this.#name = options?.name
      }

      postMessage(_: string, [port]: [MessagePort]) {
        // What rehearses rules needs nothing that is not here.
        if (this.#name === 'rule-rehearsal') serveRehearsal(port)
        else server = serve<MqttProcedures, MqttNotices>(port, procedures)
      }
      terminate() {}
    },
  )
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  return {
    calls,
    say(change) {
      status = { ...status, ...change }
      server?.notify('mqtt.status', status)
    },
    hear(topic, text) {
      for (const { tap, requests } of taps) {
        if (!requests.some(({ filter }) => matches(filter, topic))) continue
        const payload = new TextEncoder().encode(text)
        server?.notify('mqtt.tapped', { tap, topic, payload, qos: 1, retain: false, receivedAtMs: Date.now() })
      }
    },
    gap: () => server?.notify('mqtt.gap', { fromMs: 0, toMs: 1, reason: 'a test' }),
  }
}
