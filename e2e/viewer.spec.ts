import { presignMqttUrl } from '@thingdeck/sigv4'
import mqtt from 'mqtt'
import { ShadowPage } from './pages/shadow-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

interface MqttSession {
  readonly url: string
  readonly region: string
  readonly clientIdPrefix: string
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string }
}

test('a viewer sees a shadow and cannot change it: not in the page, not at the API, not over MQTT', async ({
  page,
}) => {
  const shadow = new ShadowPage(page)
  await shadow.enter('Vera', '/things/lamp-1/shadow')
  await expect(shadow.row('brightness')).toBeVisible()
  await expect(shadow.updateButton).toBeDisabled()
  await expect(shadow.updateButton).toHaveAccessibleDescription(/needs the role operator/)

  const refused = await page.request.post('/api/things/lamp-1/shadow', {
    headers: { origin: stack.console, 'content-type': 'application/json' },
    data: '{"state":{"desired":{"brightness":1}}}',
  })
  expect(refused.status()).toBe(403)
  expect(await refused.json()).toMatchObject({ code: 'ROLE_REQUIRED' })

  const session: MqttSession = await (await page.request.get('/api/session/mqtt')).json()
  const client = await mqtt.connectAsync(await presignMqttUrl(session), {
    clientId: `${session.clientIdPrefix}e2e-viewer`,
    protocolVersion: 5,
    reconnectPeriod: 0,
  })
  const publish = client.publishAsync('$aws/things/lamp-1/shadow/update', '{"state":{"desired":{"brightness":1}}}', {
    qos: 1,
  })
  await expect(publish).rejects.toThrow(/not authorized/i)
  await client.endAsync()
})

test("a viewer's credentials do not admit another person's client id", async ({ page }) => {
  const shadow = new ShadowPage(page)
  await shadow.enter('Vera')
  const session: MqttSession = await (await page.request.get('/api/session/mqtt')).json()
  const connect = mqtt.connectAsync(await presignMqttUrl(session), {
    clientId: 'thermostat-1',
    protocolVersion: 5,
    reconnectPeriod: 0,
  })
  await expect(connect).rejects.toThrow(/not authorized/i)
})
