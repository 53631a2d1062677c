import type { LiveProcedures } from '../../features/live/protocol/stream.ts'
import type { Outlet } from '../../features/live/worker/publish/outbox.ts'
import { Publisher } from '../../features/live/worker/publish/publisher.ts'
import { recordProcedures } from '../../features/live/worker/record/record-procedures.ts'
import { LiveStreams } from '../../features/live/worker/stream/streams.ts'
import { Jobs } from '../../features/live/worker/tasks/tasks.ts'
import { eventLoopTurns } from '../../features/live/worker/turns.ts'
import { SYSTEM_CLOCK } from '../../shared/mqtt/clock.ts'
import { fetchMqttCredentials } from '../../shared/mqtt/fetch-credentials.ts'
import { openMqttLine } from '../../shared/mqtt/mqtt-line.ts'
import type { MqttNotices, MqttProcedures } from '../../shared/mqtt/protocol.ts'
import { MqttSessionGroup } from '../../shared/mqtt/session-group.ts'
import { signMqttUrl } from '../../shared/mqtt/sign.ts'
import { type Server, serve } from '../../shared/rpc/rpc.ts'

/**
 * The worker that owns the MQTT connection and everything that grows with the message rate. Here its parts are put
 * together; the page's first message brings the port on which it is asked.
 */
const TAP = 'tap:'
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
      streams.onMessage(message, consumers)
      for (const consumer of consumers) {
        if (!consumer.startsWith(TAP)) continue
        const { topic, qos, receivedAtMs } = message
        const payload = Uint8Array.from(message.payload)
        page?.notify('mqtt.tapped', { tap: consumer.slice(TAP.length), topic, payload, qos, receivedAtMs }, [
          payload.buffer,
        ])
      }
    },
    onStatus(status) {
      page?.notify('mqtt.status', status)
      streams.onStatus()
    },
    onLimit(fromMs, toMs, reason) {
      streams.onGap({ fromMs, toMs, reason, cause: 'broker-limit' })
    },
    onGap(fromMs, toMs, reason) {
      streams.onGap({ fromMs, toMs, reason })
      page?.notify('mqtt.gap', { fromMs, toMs, reason })
    },
  },
)

const turns = eventLoopTurns()
const streams = new LiveStreams(SYSTEM_CLOCK, turns, {
  setSubscriptions: (consumer, requests) => session.setSubscriptions(consumer, requests),
  stateOf: (filter) => session.subscription(filter),
})

const mqttProcedures: MqttProcedures = {
  'mqtt.start': () => session.start(),
  'mqtt.stop': () => session.stop(),
  'mqtt.retryNow': () => session.retryNow(),
  'mqtt.setOnline': (online) => session.setOnline(online),
  'mqtt.publish': async (request) => {
    await session.publish(request)
  },
  'mqtt.openTap': ({ tap, requests }) => session.setSubscriptions(TAP + tap, requests),
  'mqtt.closeTap': ({ tap }) => session.setSubscriptions(TAP + tap, []),
  'mqtt.setSpread': (settings) => session.setSpread(settings),
  'mqtt.acceptSpread': () => session.acceptSpread(),
}

globalThis.addEventListener('message', ({ ports: [port] }: MessageEvent) => {
  if (port) page = serve<typeof procedures, MqttNotices>(port, procedures)
})

const jobs = new Jobs(SYSTEM_CLOCK)
const outlet: Outlet = {
  publish: (request) => session.publish(request),
  isConnected: () => session.isConnected,
}
const publisher = new Publisher({ outlet, clock: SYSTEM_CLOCK, jobs, uuid: () => crypto.randomUUID() })

const liveProcedures: LiveProcedures = {
  ...streams.procedures(),
  ...publisher.procedures(),
  ...recordProcedures({ clock: SYSTEM_CLOCK, turns, jobs, outlet, endpoint: () => session.status().endpoint, streams }),
  ...jobs.procedures(),
}

const procedures = { ...mqttProcedures, ...liveProcedures }
