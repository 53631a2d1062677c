import { IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { BROKEN_DEVICES, type Breakage, type BrokenDevice } from './broken-devices.ts'
import { freshName } from './fresh-name.ts'
import { logAt } from './logging.ts'
import { LogsPage } from './pages/logs-page.ts'
import { TimelinePage } from './pages/timeline-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

async function broken(breakage: Breakage): Promise<BrokenDevice> {
  await logAt('INFO')
  const rootCa = await (await fetch(`${stack.http}/_local/root-ca.pem`)).text()
  const door = { iot: new IoTClient(stack.sdk), host: 'localhost', port: stack.mqttPort, rootCa, sdk: stack.sdk }
  return BROKEN_DEVICES[breakage](door, freshName('e2e-broken'))
}

/** What an operator who knows nothing of the device reads on its timeline. */
const TOLD: readonly (readonly [breakage: Breakage, what: RegExp, why: RegExp])[] = [
  ['certificate inactive', /Connect refused/, /Its certificate is not active/],
  ['certificate revoked', /Connect refused/, /Its certificate was revoked/],
  ['no policy', /Connect refused/, /No policy of its principal allows the connect/],
  ['will not allowed', /Connect refused/, /or its last will/],
  ['other client id', /Connect refused as .*-v2/, /No policy of its principal allows the connect/],
  ['publish not allowed', /Publish to telemetry\/.* refused/, /No policy of its principal allows it/],
  ['reserved topic', /Publish to \$aws\/events\/.* refused/, /no client may publish there, whatever its policies say/],
  ['payload too large', /disconnected/i, /the device broke the protocol: The packet is too large/],
  ['client id taken by another', /client id/, /between certificate \w+… from .* and certificate/],
  ['connects too often', /Connected and disconnected again, \d+ times/, /the network connection was lost/],
]

for (const [breakage, what, why] of TOLD) {
  test(`the timeline tells why a device does not work: ${breakage}`, async ({ page }) => {
    await using device = await broken(breakage)
    const timeline = new TimelinePage(page)
    await timeline.enter('Vera', `/things/${device.thingName}?tab=timeline&last=1h`)
    const moment = timeline.moment(what).filter({ hasText: why }).first()
    // What happens while one looks waits until it is asked for.
    await expect(async () => {
      if (await timeline.newMoments.isVisible()) await timeline.newMoments.click({ timeout: 1_000 })
      await expect(moment).toBeVisible({ timeout: 1_000 })
    }).toPass({ timeout: 40_000 })
  })
}

test('a log that takes longer to read than the device to come and go again is read all the same', async ({ page }) => {
  await using device = await broken('reserved topic')
  const isRead = (url: string) => /\/timeline\?/.test(url)
  let wasRead = 0
  page.on('requestfinished', (request) => {
    if (isRead(request.url())) wasRead += 1
  })
  // The device is back after two seconds.
  await page.route(
    (url) => isRead(url.href),
    async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 2_500))
      await route.continue()
    },
  )
  const timeline = new TimelinePage(page)
  await timeline.enter('Vera', `/things/${device.thingName}?tab=timeline&last=1h`)
  await expect.poll(() => wasRead, { timeout: 40_000 }).toBeGreaterThan(4)
})

test('the logs tell that a device may not receive what it subscribed to', async ({ page }) => {
  await using device = await broken('may not receive')
  const data = new IoTDataPlaneClient(stack.sdk)
  const topic = `cmd/${device.thingName}/set`
  const logs = new LogsPage(page)
  await logs.enter('Vera', `/logs?client=${device.thingName}&last=15m`)
  await expect(async () => {
    await data.send(new PublishCommand({ topic, payload: Buffer.from('{"on":true}'), qos: 1 }))
    await page.getByRole('button', { name: 'Refresh' }).first().click()
    const refused = logs.rows.filter({ hasText: 'Publish-Out' }).filter({ hasText: topic })
    await expect(refused.first()).toContainText('No policy of the receiver allows it to receive this topic', {
      timeout: 2_000,
    })
  }).toPass({ timeout: 40_000 })
})

test('the logs tell of a certificate that is not registered, and that no thing has it', async ({ page }) => {
  await using device = await broken('certificate not registered')
  const logs = new LogsPage(page)
  const refused = logs.rows.filter({ hasText: 'Connection.AuthNError' }).first()
  // Whichever is quicker, the page or the device: what comes after the log was read is not in the list.
  await expect(async () => {
    await logs.enter('Vera', `/logs?principal=${device.certificateId}&last=15m`)
    await expect(refused).toContainText('Its certificate is not registered in this account and region', {
      timeout: 10_000,
    })
  }).toPass({ timeout: 40_000 })
  await logs.look(refused)
  await expect(logs.entry('Connection.AuthNError')).toContainText('Register the certificate')

  const timeline = new TimelinePage(page)
  await timeline.enter('Vera', `/things/${device.thingName}?tab=timeline&last=1h`)
  await expect(page.getByText('No certificate is attached')).toBeVisible()
  await page.getByRole('link', { name: 'Connects that could not be authenticated' }).click()
  await expect(logs.rows.filter({ hasText: 'is not registered' }).first()).toBeVisible()
})
