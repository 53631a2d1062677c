import type { LiveClient } from '../../features/live/page/client.ts'
import type { LiveProcedures } from '../../features/live/protocol/procedures.ts'
import { createMqttClient, type MqttClient } from '../../shared/mqtt/client.ts'
import type { MqttNotices, MqttProcedures } from '../../shared/mqtt/protocol.ts'
import { createCaller } from '../../shared/rpc/rpc.ts'

export interface WorkerClient {
  readonly mqtt: MqttClient
  readonly live: LiveClient
  /** Ends the MQTT session; what was received stays, and `resume` goes on. */
  pause(): void
  resume(): void
  /** Ends the MQTT session and the worker. */
  close(): Promise<void>
}

/** Starts the worker and its MQTT session, for the person who is signed in. */
export function startWorker(personId: string): WorkerClient {
  const worker = new Worker(new URL('./mqtt.worker.ts', import.meta.url), { type: 'module', name: 'mqtt' })
  const { port1, port2 } = new MessageChannel()
  worker.postMessage('connect', [port2])
  const caller = createCaller<MqttProcedures & LiveProcedures, MqttNotices>(port1)
  const mqtt = createMqttClient(caller)

  const online = () => caller.tell('mqtt.setOnline', true)
  const offline = () => caller.tell('mqtt.setOnline', false)
  addEventListener('online', online)
  addEventListener('offline', offline)
  caller.tell('mqtt.start', { personId })

  return {
    mqtt,
    live: caller,
    pause: () => caller.tell('mqtt.stop', undefined),
    resume: () => caller.tell('mqtt.start', { personId }),
    async close() {
      removeEventListener('online', online)
      removeEventListener('offline', offline)
      await caller.call('mqtt.stop', undefined)
      caller.close()
      worker.terminate()
    },
  }
}
