import type { Subject } from '../measure.ts'
import type { Stage } from '../stage.ts'

const ID = 'bench'

/**
 * MQTTX web (github.com/emqx/MQTTX, folder `web`), served at `url`, with a connection and its subscription as it stores
 * them itself. Received is what its page counted in; what can still be opened is what its list holds, of which it shows
 * the last messages and twenty more with each scroll to its top.
 */
export function mqttx(stage: Stage, url: string): Subject {
  return {
    selectors: { rows: '.msg-left-item', counters: 'body' },
    settleMs: 30_000,
    async open(page) {
      await page.goTo(url)
      await page.until(`document.readyState === 'complete' && location.href.startsWith('http')`)
      const db = JSON.stringify(JSON.stringify(database(await stage.brokerUrl())))
      await page.evaluate(`localStorage.setItem('db', ${db})`)
      await page.goTo('about:blank')
      await page.goTo(`${url}#/recent_connections/${ID}`)
      await page.until(`document.querySelector('.connect-btn, .connection-info .el-button')`)
      await page.evaluate(`${DETAIL}.connect()`)
      await page.until(`${DETAIL}.client.connected`)
      await page.until(`document.querySelector('.topics-item')`)
    },
    counters: (page) =>
      page.evaluate(`({ received: ${DETAIL}.record.messages.length, kept: ${DETAIL}.messages.length })`),
  }
}

/** The page's own component. */
const DETAIL = `document.querySelector('.connections-detail').__vue__`

function database(brokerUrl: string) {
  const { hostname, port, pathname, search } = new URL(brokerUrl)
  const createAt = '2026-01-01 00:00:00:000'
  const connection = {
    id: ID,
    clientId: `bench-mqttx-${Date.now()}`,
    name: 'bench',
    clean: true,
    protocol: 'ws',
    host: hostname,
    port: Number(port),
    path: `${pathname}${search}`,
    keepalive: 60,
    connectTimeout: 10,
    reconnect: true,
    reconnectPeriod: 4_000,
    username: '',
    password: '',
    certType: '',
    ssl: false,
    mqttVersion: '3.1.1',
    unreadMessageCount: 0,
    messages: [],
    subscriptions: [{ id: ID, topic: 'bench/#', qos: 0, disabled: false, alias: '', color: '#34c388', createAt }],
    client: { connected: false },
    createAt,
    updateAt: createAt,
    pushProps: {},
    properties: {},
    will: { lastWillTopic: '', lastWillPayload: '', lastWillQos: 0, lastWillRetain: false, properties: {} },
  }
  return { connections: [connection] }
}
