import { createLiveWorker, type LiveWorker } from '../../features/live/worker/live-worker.ts'
import { askInDoubt } from '../../shared/clock/ask-in-doubt.ts'
import { SYSTEM_CLOCK } from '../../shared/mqtt/clock.ts'
import { fetchMqttCredentials } from '../../shared/mqtt/fetch-credentials.ts'
import { openMqttLine } from '../../shared/mqtt/mqtt-line.ts'
import type { MqttNotices, MqttProcedures } from '../../shared/mqtt/protocol.ts'
import { Samples } from '../../shared/mqtt/samples.ts'
import { MqttSessionGroup } from '../../shared/mqtt/session-group.ts'
import { signMqttUrl } from '../../shared/mqtt/sign.ts'
import { type Server, serve } from '../../shared/rpc/rpc.ts'
import { setPagePerson } from '../../shared/session/page-person.ts'
import { trustOwnFilesOnly } from '../../shared/trusted-types.ts'

/**
 * The worker that owns the MQTT connection and everything that grows with the message rate. Here its parts are put
 * together; the page's first message brings the port on which it is asked.
 */
const TAP = 'tap:'
const STOOD_STILL =
  'the machine slept, or the browser stopped this page. When the messages came that waited is not known'
askInDoubt()
trustOwnFilesOnly() // a recording is written by a worker of this one
let page: Server<MqttNotices> | undefined

const session: MqttSessionGroup = new MqttSessionGroup(
  {
    fetchCredentials: fetchMqttCredentials,
    sign: signMqttUrl,
    openLine: openMqttLine,
    clock: SYSTEM_CLOCK,
    random: Math.random,
    tabId: crypto.randomUUID().slice(0, 8),
  },
  {
    onMessage(message, consumers) {
      live.onMessage(message, consumers)
      samples.onMessage(message, consumers)
      for (const consumer of consumers) {
        if (!consumer.startsWith(TAP)) continue
        const { topic, qos, retain, receivedAtMs } = message
        const payload = Uint8Array.from(message.payload)
        page?.notify('mqtt.tapped', { tap: consumer.slice(TAP.length), topic, payload, qos, retain, receivedAtMs }, [
          payload.buffer,
        ])
      }
    },
    onStatus(status) {
      page?.notify('mqtt.status', status)
      live.onStatus()
    },
    onLimit(fromMs, toMs, reason) {
      live.onGap({ fromMs, toMs, reason, cause: 'broker-limit' })
    },
    onStandstill(fromMs, toMs) {
      live.onGap({ fromMs, toMs, reason: STOOD_STILL, cause: 'stood-still' })
    },
    onGap(fromMs, toMs, reason) {
      live.onGap({ fromMs, toMs, reason })
      page?.notify('mqtt.gap', { fromMs, toMs, reason })
    },
  },
)

const samples: Samples = new Samples({
  setSubscriptions: (consumer, requests) => session.setSubscriptions(consumer, requests),
  after: (ms, action) => SYSTEM_CLOCK.after(ms, action),
  tell: (batch, transfer) => page?.notify('mqtt.sampled', batch, transfer),
})

const live: LiveWorker = createLiveWorker(
  {
    setSubscriptions: (consumer, requests) => session.setSubscriptions(consumer, requests),
    stateOf: (filter) => session.subscription(filter),
    publish: (request) => session.publish(request),
    isConnected: () => session.isConnected,
    endpoint: () => session.status().endpoint,
  },
  SYSTEM_CLOCK,
)

const mqttProcedures: MqttProcedures = {
  'mqtt.start': ({ personId }) => {
    setPagePerson(personId)
    session.start()
  },
  'mqtt.stop': async () => {
    session.stop()
    await live.settled()
  },
  'mqtt.retryNow': () => session.retryNow(),
  'mqtt.setOnline': (online) => session.setOnline(online),
  'mqtt.publish': async (request) => {
    await session.publish(request)
  },
  'mqtt.openTap': ({ tap, requests }) => session.setSubscriptions(TAP + tap, requests),
  'mqtt.closeTap': ({ tap }) => session.setSubscriptions(TAP + tap, []),
  'mqtt.openSample': ({ sample, requests }) => samples.open(sample, requests),
  'mqtt.closeSample': ({ sample }) => samples.close(sample),
  'mqtt.kept': ({ filter, count }) => live.kept(filter, count),
  'mqtt.setSpread': (settings) => session.setSpread(settings),
  'mqtt.acceptSpread': () => session.acceptSpread(),
}

const procedures = { ...mqttProcedures, ...live.procedures }

globalThis.addEventListener('message', ({ ports: [port] }: MessageEvent) => {
  if (port) page = serve<typeof procedures, MqttNotices>(port, procedures)
})
