import { expect, test } from 'vitest'
import { snippetsOf } from './client-snippets.ts'
import type { Sent } from './sent.ts'

const SENT: Sent = {
  transport: 'mqtt',
  userName: 'pump?token=it%27s',
  password: `p'"w`,
  clientId: 'pump-7',
  query: 'token=abc',
  headers: 'X-Site: hall "2"',
}
const PLACE = { host: 'iot.example.com', port: 443, topic: 'dt/pump-7/telemetry' }

const textOf = (sent: Sent, client: string) =>
  snippetsOf({ sent, ...PLACE }).find((each) => each.client === client)?.text ?? ''

test('each way of coming has clients that come so', () => {
  const clients = (transport: Sent['transport']) =>
    snippetsOf({ sent: { ...SENT, transport }, ...PLACE }).map(({ client }) => client)
  expect(clients('mqtt')).toEqual(['mqtt.js', 'Paho (Python)', 'mosquitto_pub'])
  expect(clients('wss')).toEqual(['mqtt.js', 'Paho (Python)'])
  expect(clients('https')).toEqual(['curl'])
})

test('values stand in them as they were typed, whatever signs they have', () => {
  expect(textOf(SENT, 'mqtt.js')).toContain(`password: ${JSON.stringify(SENT.password)}`)
  expect(textOf(SENT, 'mqtt.js')).toContain("ALPNProtocols: ['mqtt']")
  expect(textOf(SENT, 'mosquitto_pub')).toContain(String.raw`-P 'p'\''"w'`)
  expect(textOf(SENT, 'Paho (Python)')).toContain('tls.set_alpn_protocols(["mqtt"])')
  const curl = textOf({ ...SENT, transport: 'https' }, 'curl')
  expect(curl).toContain("'https://iot.example.com:443/topics/dt/pump-7/telemetry?qos=1&token=abc'")
  expect(curl).toContain(`-H 'X-Site: hall "2"'`)
})

test('a certificate of no public CA is trusted by a file', () => {
  for (const { text } of snippetsOf({ sent: SENT, ...PLACE, caFile: 'root-ca.pem' }))
    expect(text).toContain('root-ca.pem')
})
