import {
  DescribeThingCommand,
  IoTClient,
  ListPrincipalThingsCommand,
  SetV2LoggingOptionsCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot'
import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { downloadArchive, SAMPLES, type SampleName, whyNotRun } from './device-archive.ts'
import { freshName } from './fresh-name.ts'
import { connectClient } from './mqtt-client.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

const iot = new IoTClient(stack.sdk)

/**
 * From the name to the waiting page of a device that has all it is to have: the page waits as soon as there is a
 * certificate, and hears of the device by its own connection.
 */
async function setUp(page: Page, name: string): Promise<void> {
  const grace = new ConsolePage(page)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await expect(page.getByText('The name is free: a thing is made.')).toBeVisible()
  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Set up device' }).click()
  await expect(page.getByText(`Waiting for ${name} to connect`)).toBeVisible()
  await expect(grace.flashes.getByText(`${name} can connect now`)).toBeVisible()
  await expect(grace.connection).toHaveAccessibleName(/live/)
}

test('from a name to a connected device, whose samples run as they are', async ({ page }, { annotations }) => {
  test.slow() // six runs of programs that load a TLS library each
  const name = freshName('e2e-onboard')
  const grace = new ConsolePage(page)
  const bodies: string[] = []
  page.on('request', (request) => bodies.push(`${request.url()} ${request.postData() ?? ''}`))
  await grace.enter('Grace', '/connect-device')
  await expectAccessible(page)
  await setUp(page, name)
  await expect(page.getByText('Download the private key now', { exact: true })).toBeVisible()

  // Leaving now would lose the key.
  await page.getByRole('link', { name: 'Things', exact: true }).first().click()
  await expect(page.getByRole('dialog')).toContainText('the private key, which is nowhere else')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()

  await using archive = await downloadArchive(page)
  const key = await archive.file('device.key.pem')
  const line = key.split('\n')[1] ?? ''
  expect(line.length).toBeGreaterThan(40)
  expect(bodies.some((body) => body.includes(line))).toBe(false)
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]))
  expect(kept).not.toContain(line)

  const { thingName } = await iot.send(new DescribeThingCommand({ thingName: name }))
  expect(thingName).toBe(name)
  expect(await archive.run('Node.js')).toBe('published\n')
  await expect(page.getByText(`${name} was connected`)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Its first message' })).toContainText('Node.js')
  await expectAccessible(page)

  // Whoever comes back to the address sees the same device, and no key.
  await page.reload()
  await expect(page.getByRole('heading', { name: /Files for the device/ })).toBeVisible()
  await page.getByRole('button', { name: 'QR code, for a phone beside the device' }).click()
  await expect(page.getByRole('img', { name: 'QR code: This page' })).toBeVisible()

  await using operator = await connectClient(freshName('e2e-operator'))
  for (const sample of Object.keys(SAMPLES) as SampleName[]) {
    const whyNot = await whyNotRun(sample)
    if (whyNot !== undefined) {
      annotations.push({ type: 'sample not run', description: `${sample}: ${whyNot}` })
      console.warn(`The sample for ${sample} was not run, as this machine lacks what it needs: ${whyNot}`)
      continue
    }
    expect(await archive.run(sample), sample).toBe('published\n')
    const heard: string[] = []
    const listening = archive.hear(sample, `cmd/${name}/open`).then((line) => heard.push(line))
    // Nobody but the sample knows when it has subscribed: it is told until it hears.
    await expect
      .poll(async () => {
        await operator.client.publishAsync(`cmd/${name}/open`, sample, { qos: 1 })
        return heard
      }, sample)
      .toEqual([expect.stringContaining(sample)])
    await listening
  }
})

test('a device that is refused: the page says why, and one click lets it in', async ({ page }) => {
  test.slow() // two runs of a program, and a log that is looked at every few seconds
  const name = freshName('e2e-refused')
  await iot.send(
    new SetV2LoggingOptionsCommand({
      roleArn: 'arn:aws:iam::123456789012:role/iot-logging',
      defaultLogLevel: 'ERROR',
      eventConfigurations: [{ eventType: 'Connection.AuthNError', logLevel: 'ERROR' }],
    }),
  )
  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/connect-device?thing=${name}`)
  await setUp(page, name)
  await using archive = await downloadArchive(page)
  const certificateId = new URL(page.url()).searchParams.get('certificate') ?? ''
  const principal = `arn:aws:iot:${stack.sdk.region}:123456789012:cert/${certificateId}`
  expect((await iot.send(new ListPrincipalThingsCommand({ principal }))).things).toEqual([name])

  // Somebody deactivates the certificate behind the page's back.
  await iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }))
  await expect(archive.run('Node.js')).rejects.toThrow()
  const why = page.getByRole('region', { name: `Why ${name} is refused` })
  await expect(why).toContainText('is INACTIVE', { timeout: 60_000 })
  await expect(why.getByRole('alert')).toContainText(`${name} was refused`)
  await why.getByRole('button', { name: 'Activate certificate' }).click()
  await expect(page.getByText('The certificate is active.')).toBeVisible()
  expect(await archive.run('Node.js')).toBe('published\n')
  await expect(page.getByText(`${name} was connected`)).toBeVisible()
  await expect(why).toHaveCount(0)
})
