import {
  AttachPolicyCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import mqtt from 'mqtt'
import { connectDevice } from './device.ts'
import { freshName } from './fresh-name.ts'
import { logAt } from './logging.ts'
import { startOwnStack } from './own-stack.ts'
import { ConsolePage } from './pages/console-page.ts'
import { seedMetrics } from './seed-metrics.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

const DAY_MS = 86_400_000
const TITLE = 'Messages that a rule listens to'
const MQTT = { Protocol: 'MQTT' }
const minutes = (count: number, value: number) => Array.from({ length: count }, () => value)

test('one begins with the overview: live numbers that lead to the lists behind them', async ({ page }) => {
  await seedMetrics([
    { metricName: 'PublishIn.Success', dimensions: MQTT, perMinute: minutes(50, 6_000) },
    { metricName: 'Connect.AuthError', dimensions: MQTT, perMinute: minutes(50, 2) },
  ])
  const console = new ConsolePage(page)
  await console.enter('Vera', '/')
  await expect(page).toHaveURL(/\/overview$/)
  const lines = page.getByRole('list', { name: 'State of the account' })
  const line = (title: string) =>
    lines.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
  // What somebody read of CloudWatch before this was counted serves others for half a minute.
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(line('Messages').getByRole('link', { name: /\/s in$/ })).toBeVisible({ timeout: 4_000 })
  }).toPass({ timeout: 45_000 })
  await expect(
    line('Messages').getByRole('img', { name: /Messages published in the last hour: .* in all/ }),
  ).toBeVisible()
  await expect(line('Refused')).toContainText(/in the last hour/)
})

test('the overview leads to the things that are connected', { tag: '@aws' }, async ({ page }) => {
  const console = new ConsolePage(page)
  await console.enter('Vera', '/overview')
  const lines = page.getByRole('list', { name: 'State of the account' })
  const line = (title: string) =>
    lines.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
  const connected = line('Things').getByRole('link', { name: /\d+ connected$/ })
  await expect(connected).toBeVisible()
  const thingName = freshName('e2e-overview')
  {
    await using _device = await connectDevice(thingName)
    await page.getByRole('button', { name: 'Refresh' }).click()
    await connected.click()
    await expect(console.heading('Things')).toBeVisible()
    await expect(page).toHaveURL(/connection=connected/)
    await page.goBack()
  }
  const certificates = line('Certificates').getByRole('link')
  await expect(certificates.first()).toBeVisible()
})

test('a certificate on no thing is on the overview, and in the list that it leads to', async ({ page }) => {
  await using own = await startOwnStack()
  const iot = new IoTClient(own.server.sdk)
  const { certificateId = '' } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  const console = new ConsolePage(page)
  await console.enter('Vera', `${own.console}/overview`)
  await page.getByRole('link', { name: '1 active on no thing' }).click()
  await expect(console.heading('Certificates')).toBeVisible()
  await expect(page.getByText(`${certificateId.slice(0, 10)}…`)).toBeVisible()
  await expect(page.getByText('The only active one was looked at.')).toBeVisible()
})

test('an account with nothing in it says how the first device is connected, until there is one', async ({ page }) => {
  await using own = await startOwnStack()
  const { server } = own
  const console = new ConsolePage(page)
  await console.enter('Grace', `${own.console}/`)
  await expect(page.getByRole('heading', { name: 'Connect your first device' })).toBeVisible()
  const commands = page.getByRole('region', { name: /^Commands:/ })
  // They are there once the server has said where devices connect.
  await expect(commands.filter({ hasText: `AWS_ENDPOINT_URL=${server.http}` })).toBeVisible()
  await expect(commands.filter({ hasText: 'mosquitto_pub' })).toBeVisible()
  const all = (await commands.allInnerTexts()).join('\n')
  const [, policyDocument = ''] = /--policy-document '([^']+)'/.exec(all) ?? []
  const [, host = '', port = ''] = /mosquitto_pub -h (\S+) -p (\d+)/.exec(all) ?? []
  const [, rootCaUrl = ''] = /curl -s (\S+)/.exec(all) ?? []

  // What the commands do, with what stands in them.
  const iot = new IoTClient(server.sdk)
  const made = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  await iot.send(new CreatePolicyCommand({ policyName: 'my-first-device', policyDocument }))
  await iot.send(new AttachPolicyCommand({ policyName: 'my-first-device', target: made.certificateArn }))
  const device = await mqtt.connectAsync({
    protocol: 'mqtts',
    host,
    port: Number(port),
    ca: await (await fetch(rootCaUrl)).text(),
    cert: made.certificatePem ?? '',
    key: made.keyPair?.PrivateKey ?? '',
    clientId: 'my-first-device',
  })
  await device.publishAsync('dt/my-first-device', '{"hello":"world"}', { qos: 1 })
  await device.endAsync()

  await iot.send(new CreateThingCommand({ thingName: 'my-first-device' }))
  await expect(page.getByRole('heading', { name: 'Connect your first device' })).toHaveCount(0, { timeout: 40_000 })
  await expect(page.getByRole('link', { name: /^1 thing$/ })).toBeVisible()
})

test('what a device was refused is on the overview by reason, counted once, and a click away', async ({ page }) => {
  test.slow() // a server of its own, and what was read before serves others for 20 s
  await using own = await startOwnStack()
  const { server } = own
  await logAt('ERROR', server)
  const clientId = freshName('e2e-refused')
  await using device = await connectDevice(clientId, clientId, 'iot:Connect', server)
  const console = new ConsolePage(page)
  // Its page asks for a shadow that there is not, and for connections of names that may be connected: nobody is refused.
  await console.enter('Vera', `${own.console}/things/${clientId}`)
  await console.goTo('Overview')
  const refused = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Refused' }) })
  await expect(refused.getByRole('link', { name: 'None in the last hour' })).toBeVisible()

  device.client.publish('dt/not-allowed', 'x', { qos: 1 })
  const reason = refused.getByRole('link', { name: /^1 Publish-In \(no policy of its principal allows it/ })
  // What was read serves others for 20 s.
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(reason).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 45_000 })
  await expect(refused.getByRole('link', { name: '1 in the last hour' })).toBeVisible()
  await reason.click()
  await expect(page).toHaveURL(/\/refusals\?last=1h&event=Publish-In/)
  await expect(page.getByRole('row', { name: new RegExp(clientId) }).first()).toBeVisible()
})

test('metrics: charts beside the day before, as a table, and a span of time that is a link', async ({ page }) => {
  await seedMetrics([
    { metricName: 'TopicMatch', dimensions: { RuleName: 'e2e_rule' }, perMinute: minutes(30, 4) },
    { metricName: 'TopicMatch', dimensions: { RuleName: 'e2e_rule' }, perMinute: minutes(60, 2), agoMs: DAY_MS },
  ])
  const console = new ConsolePage(page)
  await console.enter('Vera', '/metrics?subject=rules&last=1h')
  const chart = page.getByRole('region', { name: TITLE, exact: true })
  const figures = chart.getByRole('table', { name: `${TITLE}: figures` })
  const row = figures.getByRole('row', { name: /^e2e_rule/ })
  // Which metrics of rules there are, others may have asked a moment ago: that serves everybody for 10 s.
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(row.getByRole('cell').nth(1)).toHaveText('120', { timeout: 4_000 })
  }).toPass({ timeout: 45_000 })
  await expect(row.getByRole('cell').nth(3)).toContainText(/^1\d\d/)

  await chart.getByRole('button', { name: `Table of ${TITLE}` }).click()
  await expect(chart.getByRole('table', { name: `${TITLE} by time` }).getByRole('row')).toHaveCount(61)
  await chart.getByRole('button', { name: `Chart of ${TITLE}` }).click()

  const plot = chart.getByRole('img', { name: new RegExp(`^${TITLE}, count per 1 min`) })
  const box = await plot.boundingBox()
  if (!box) throw new Error('The chart is nowhere')
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * 0.5, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.8, y, { steps: 4 })
  await page.mouse.up()
  await expect(page).toHaveURL(/from=.*&to=/)
  const link = page.url()
  await page.getByRole('button', { name: 'Up to now' }).click()
  await expect(page).not.toHaveURL(/from=/)
  await page.goto(link)
  await expect(page.getByRole('button', { name: 'Up to now' })).toBeVisible()
  await expect(figures).toBeVisible()
})

test('events: an admin turns them on, the messages come, the trail has it, and a viewer may only look', async ({
  page,
}) => {
  const console = new ConsolePage(page)
  await console.enter('Vera', '/events')
  await page.getByRole('checkbox', { name: 'Select THING', exact: true }).check()
  await expect(page.getByRole('button', { name: 'Turn on' })).toHaveAttribute('aria-disabled', 'true')

  await console.enter('Grace', '/events')
  await page.getByRole('checkbox', { name: 'Select THING', exact: true }).check()
  await page.getByRole('button', { name: 'Turn on' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Turn on' }).click()
  await expect(console.flashes.getByText('The event is on')).toBeVisible()
  await expect(page.getByRole('row', { name: /THING\b/ }).first()).toContainText('On')

  await page.getByRole('link', { name: 'Watch $aws/events/thing/+/created' }).click()
  await expect(page).toHaveURL(/\/live\?s=0:/)
  const thingName = freshName('e2e-event')
  await expect(async () => {
    await new IoTClient(stack.sdk).send(new CreateThingCommand({ thingName: `${thingName}-${Date.now()}` }))
    await expect(page.getByText(`$aws/events/thing/${thingName}-`).first()).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 30_000 })

  await page.getByRole('combobox', { name: 'Topic filter' }).fill('things that join')
  await expect(page.getByText('$aws/events/thingGroupMembership/#')).toBeVisible()

  await page.goto('/activity?action=UpdateEventConfigurations')
  await expect(page.getByText(/THING false → true/)).toBeVisible()
})
