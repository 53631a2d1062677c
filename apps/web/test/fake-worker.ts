import { matches } from '@thingdeck/topics'
import { onTestFinished, vi } from 'vitest'
import { serveRehearsal } from '../src/features/rules/rehearsal/engine/serve-rehearsal.ts'
import type { MqttMessage } from '../src/shared/mqtt/message.ts'
import type { MqttNotices, MqttProcedures } from '../src/shared/mqtt/protocol.ts'
import { type MqttStatus, NO_STATUS } from '../src/shared/mqtt/status.ts'
import { type Server, serve } from '../src/shared/rpc/rpc.ts'

type OpenTap = Parameters<MqttProcedures['mqtt.openTap']>[0]
type OpenSample = Parameters<MqttProcedures['mqtt.openSample']>[0]
type Kept = Parameters<MqttProcedures['mqtt.kept']>[0]

export interface FakeWorker {
  /** Calls that the page made, by name. */
  readonly calls: readonly string[]
  /** Tells the page how the MQTT session stands. */
  say(status: Partial<MqttStatus>): void
  /** Tells the page that the stream had a hole. */
  gap(): void
  /** Whether a tap or a sample of the page wants what is published there: what comes before is heard by nobody. */
  isHeard(topic: string): boolean
  /** Brings a message to each tap and sample of the page that wants it; live messages keep it. */
  hear(topic: string, text: string): void
}

/** The worker's end of the page's port, for the length of a test: it notes calls, and says what the test says. */
export function fakeWorker(): FakeWorker {
  const calls: string[] = []
  const taps: OpenTap[] = []
  const samples: OpenSample[] = []
  const heard: MqttMessage[] = []
  const wants =
    (topic: string) =>
    ({ requests }: OpenTap | OpenSample) =>
      requests.some(({ filter }) => matches(filter, topic))
  let server: Server<MqttNotices> | undefined
  let status: MqttStatus = NO_STATUS
  const procedures = new Proxy({} as MqttProcedures, {
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    get: (_, name) => (input: unknown) => {
      calls.push(String(name))
      if (name === 'openTap' || name === 'mqtt.openTap') taps.push(input as OpenTap) // as the page's client sends it
      if (name === 'mqtt.openSample') samples.push(input as OpenSample)
      return name === 'mqtt.kept' ? heard.filter(({ topic }) => matches((input as Kept).filter, topic)) : undefined
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
    isHeard: (topic) => [...taps, ...samples].some(wants(topic)),
    hear(topic, text) {
      const payload = new TextEncoder().encode(text)
      const message: MqttMessage = { topic, payload, qos: 1, retain: false, dup: false, receivedAtMs: Date.now() }
      heard.push(message)
      for (const { tap } of taps.filter(wants(topic))) server?.notify('mqtt.tapped', { tap, ...message })
      for (const { sample } of samples.filter(wants(topic)))
        server?.notify('mqtt.sampled', { sample, messages: [message], dropped: 0 })
    },
    gap: () => server?.notify('mqtt.gap', { fromMs: 0, toMs: 1, reason: 'a test' }),
  }
}
