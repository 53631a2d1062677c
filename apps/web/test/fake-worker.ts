import { onTestFinished, vi } from 'vitest'
import type { MqttNotices, MqttProcedures } from '../src/shared/mqtt/protocol.ts'
import { type MqttStatus, NO_STATUS } from '../src/shared/mqtt/status.ts'
import { type Server, serve } from '../src/shared/rpc/rpc.ts'

export interface FakeWorker {
  /** Calls that the page made, by name. */
  readonly calls: readonly string[]
  /** Tells the page how the MQTT session stands. */
  say(status: Partial<MqttStatus>): void
  /** Tells the page that the stream had a hole. */
  gap(): void
}

/** The worker's end of the page's port, for the length of a test: it notes calls, and says what the test says. */
export function fakeWorker(): FakeWorker {
  const calls: string[] = []
  let server: Server<MqttNotices> | undefined
  let status: MqttStatus = NO_STATUS
  const procedures = new Proxy({} as MqttProcedures, {
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    get: (_, name) => () => {
      calls.push(String(name))
    },
  })
  vi.stubGlobal(
    'Worker',
    class {
      postMessage(_: string, [port]: [MessagePort]) {
        server = serve<MqttProcedures, MqttNotices>(port, procedures)
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
    gap: () => server?.notify('mqtt.gap', { fromMs: 0, toMs: 1, reason: 'a test' }),
  }
}
