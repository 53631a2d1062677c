import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { IoTClient, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot'
import { unzipSync } from 'fflate'
import mqtt from 'mqtt'
import { expectAccessible } from './accessible.ts'
import { connectDevice } from './device.ts'
import { startOwnStack } from './own-stack.ts'
import { ConsolePage } from './pages/console-page.ts'
import { expect, test } from './test.ts'

test('a device gets a new certificate: its key is made in the page, it is seen with it, and the old one ends', async ({
  page,
}) => {
  test.slow() // a server, a console and two connections of its own
  await using stack = await startOwnStack()
  const iot = new IoTClient(stack.server.sdk)
  await iot.send(
    new SetV2LoggingOptionsCommand({ roleArn: 'arn:aws:iam::123456789012:role/log', defaultLogLevel: 'INFO' }),
  )
  await using old = await connectDevice('pump-1', 'pump-1', 'iot:*', stack.server)
  old.client.options.reconnectPeriod = 0 // the new connection takes its place
  const grace = new ConsolePage(page)
  const bodies: string[] = []
  page.on('request', (request) => bodies.push(request.postData() ?? ''))
  await grace.enter('Grace', `${stack.console}/create-certificate-rotation?things=pump-1`)
  await page.getByRole('button', { name: /Deactivate old certificates/ }).click()
  await page.getByRole('option', { name: /As soon as/ }).click()
  await page.getByRole('textbox', { name: 'Requests a second' }).fill('50')
  await page.getByRole('button', { name: 'Count the things' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Begin with 1 thing' }).click()

  await page.getByRole('button', { name: 'Make keys for 1 thing' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download keys and certificates' }).click(),
  ])
  const files = unzipSync(await readFile(await download.path()))
  const fileNamed = (end: string) =>
    new TextDecoder().decode(Object.entries(files).find(([path]) => path.endsWith(end))?.[1])
  const key = fileNamed('/pump-1/device.key.pem')
  expect(key).toMatch(/^-{5}BEGIN PRIVATE KEY-{5}\n/)
  const line = key.split('\n')[1] ?? ''
  expect(bodies.some((body) => body.includes(line))).toBe(false)
  await expectAccessible(page)
  await page.getByRole('button', { name: /I have the file/ }).click()
  await expect(page.getByText('1 not seen with it yet')).toBeVisible()
  await expectAccessible(page)

  const device = await mqtt.connectAsync(stack.server.mqtts, {
    clientId: 'pump-1',
    cert: fileNamed('/pump-1/device.cert.pem'),
    key,
    ca: await readFile(stack.server.rootCaPath),
  })
  await expect(page.getByText('1 old one deactivated')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('old one deactivated, by the log')).toBeVisible()
  await device.endAsync()

  // Another makes its key itself: jobs carry its request and its certificate.
  await using second = await connectDevice('pump-2', 'pump-2', 'iot:*', stack.server)
  const { client } = second
  client.options.reconnectPeriod = 0
  const own = await makeRequest('pump-2')
  const documents: { operation: string; certificates?: Record<string, string> }[] = []
  client.on('message', (_, payload) => {
    const { execution } = JSON.parse(payload.toString())
    if (!execution) return
    documents.push(execution.jobDocument)
    const isAsked = execution.jobDocument.operation === 'make-signing-request'
    const answer = { status: 'SUCCEEDED', ...(isAsked && { statusDetails: { csr: own.request } }) }
    client.publish(`$aws/things/pump-2/jobs/${execution.jobId}/update`, JSON.stringify(answer))
  })
  await client.subscribeAsync('$aws/things/pump-2/jobs/notify-next', { qos: 1 })
  await page.goto(`${stack.console}/create-certificate-rotation?things=pump-2`)
  await page.getByRole('button', { name: 'Count the things' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Begin with 1 thing' }).click()
  await page.getByRole('button', { name: /^By jobs, with keys that the devices make/ }).click()
  await page.getByRole('button', { name: 'Ask 1 thing for requests by a job' }).click()
  await expect(page.getByText('1 answered with a request, 0 not done yet')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Have certificates made for the requests' }).click()
  await page.getByRole('button', { name: 'Deliver 1 thing by a job, and activate' }).click()
  await expect(page.getByText('1 not seen with it yet')).toBeVisible()
  await expect.poll(() => documents.length).toBe(2)
  expect(JSON.stringify(documents)).not.toContain('PRIVATE KEY')
  const renewed = await mqtt.connectAsync(stack.server.mqtts, {
    clientId: 'pump-2',
    cert: documents[1]?.certificates?.['pump-2'] ?? '',
    key: own.key,
    ca: await readFile(stack.server.rootCaPath),
  })
  await expect(page.getByText('1 seen with it')).toBeVisible({ timeout: 30_000 })
  await renewed.endAsync()
  iot.destroy()
})

/** A key of a device's own, and its signing request as a job's detail takes it: base64 without line ends. */
async function makeRequest(name: string): Promise<{ readonly key: string; readonly request: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'thingdeck-e2e-rotation-'))
  try {
    const key = join(folder, 'key.pem')
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
    const { stdout } = await promisify(execFile)('openssl', ['req', ...curve, '-keyout', key, '-subj', `/CN=${name}`])
    return { key: await readFile(key, 'utf8'), request: stdout.replace(/-{5}[^-]+-{5}|\s/g, '') }
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('a viewer sees rotations and is told who may begin one', async ({ page }) => {
  const vera = new ConsolePage(page)
  await vera.enter('Vera', '/certificate-rotations')
  await expect(vera.heading('Certificate rotations')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Rotate certificates' }).first()).toBeDisabled()
})
