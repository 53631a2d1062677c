import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetJobDocumentCommand, IoTClient, ListJobsCommand, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot'
import { unzipSync } from 'fflate'
import mqtt from 'mqtt'
import { awsEnvironment, type EmbeddedServer } from '../scripts/run/embedded-server.ts'
import { Service } from '../scripts/run/service.ts'
import { expectAccessible } from './accessible.ts'
import { connectDevice } from './device.ts'
import { startOwnStack } from './own-stack.ts'
import { ConsolePage } from './pages/console-page.ts'
import { expect, test } from './test.ts'

test('a device gets a new certificate: its key is made in the page, it is seen with it, and the old one ends', async ({
  page,
}) => {
  test.slow() // a server, a console and connections of its own
  await using kept = await ownFolder('console')
  await using stack = await startOwnStack([], { SHARED_FILE: join(kept.path, 'shared.jsonl') })
  const iot = new IoTClient(stack.server.sdk)
  await iot.send(
    new SetV2LoggingOptionsCommand({ roleArn: 'arn:aws:iam::123456789012:role/log', defaultLogLevel: 'INFO' }),
  )
  await using old = await connectDevice('meter-1', 'meter-1', 'iot:*', stack.server)
  old.client.options.reconnectPeriod = 0 // the new connection takes its place
  const grace = new ConsolePage(page)
  const bodies: string[] = []
  page.on('request', (request) => bodies.push(request.postData() ?? ''))
  await grace.enter('Grace', `${stack.console}/create-certificate-rotation?things=meter-1`)
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
  const key = fileNamed('/meter-1/device.key.pem')
  expect(key).toMatch(/^-{5}BEGIN PRIVATE KEY-{5}\n/)
  const line = key.split('\n')[1] ?? ''
  expect(bodies.some((body) => body.includes(line))).toBe(false)
  await expectAccessible(page)
  await page.getByRole('button', { name: /I have the file/ }).click()
  await expect(page.getByText('1 not seen with it yet')).toBeVisible()
  await expectAccessible(page)

  const device = await mqtt.connectAsync(stack.server.mqtts, {
    clientId: 'meter-1',
    cert: fileNamed('/meter-1/device.cert.pem'),
    key,
    ca: await readFile(stack.server.rootCaPath),
  })
  await expect(page.getByText('1 old one deactivated')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('old one deactivated, by the log')).toBeVisible()
  await device.endAsync()

  // Devices of the sample fleet make their keys themselves: jobs carry their requests and their certificates.
  await using fleet = await startSampleFleet(stack.server)
  const before = await fleet.certificates()
  const names = [...before.keys()]
  await page.goto(`${stack.console}/create-certificate-rotation?${names.map((name) => `things=${name}`).join('&')}`)
  await page.getByRole('button', { name: /Deactivate old certificates/ }).click()
  await page.getByRole('option', { name: /As soon as/ }).click()
  await page.getByRole('button', { name: 'Count the things' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Begin with 4 things' }).click()
  await page.getByRole('button', { name: /^By jobs, with keys that the devices make/ }).click()
  await page.getByRole('button', { name: 'Ask 4 things for requests by a job' }).click()
  await expect(page.getByText('4 answered with a request, 0 not done yet')).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Have certificates made for the requests' }).click()
  const deliver = page.getByRole('button', { name: 'Deliver 4 things by a job, and activate' })
  await expect(deliver).toBeEnabled()
  const rotation = page.url()
  await page.goto('about:blank')
  await stack.restartConsole()
  await grace.signIn('Grace', rotation) // sessions ended with the console
  await deliver.click()
  await expect(page.getByText('4 old one deactivated')).toBeVisible({ timeout: 60_000 })
  const after = await fleet.certificates()
  for (const name of names) expect(after.get(name)).not.toBe(before.get(name))
  const { jobs = [] } = await iot.send(new ListJobsCommand({}))
  expect(jobs).toHaveLength(2)
  for (const { jobId } of jobs) {
    const { document } = await iot.send(new GetJobDocumentCommand({ jobId }))
    expect(document).not.toContain('PRIVATE KEY')
  }
  iot.destroy()
})

/** A folder that is gone afterwards. */
async function ownFolder(name: string) {
  const path = await mkdtemp(join(tmpdir(), `thingdeck-e2e-${name}-`))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

/** Four devices as `npm start` has them, on a server. */
async function startSampleFleet(server: EmbeddedServer) {
  await using started = new AsyncDisposableStack()
  const { path: state } = started.use(await ownFolder('fleet'))
  const fleet = started.use(
    new Service({
      name: 'fleet',
      program: 'apps/fleet/src/main.ts',
      args: ['--devices', '4', '--state', state, '--mqtt-port', new URL(server.mqtts).port, '--drop-every', '0'],
      environment: { ...process.env, ...awsEnvironment(server) },
    }),
  )
  const { devices } = await fleet.ready<{ readonly devices: readonly string[] }>()
  const certificates = async () =>
    new Map(
      await Promise.all(
        devices.map(async (name) => {
          return [name, await readFile(join(state, name, 'certificate.pem.crt'), 'utf8')] as const
        }),
      ),
    )
  const parts = started.move()
  return { certificates, [Symbol.asyncDispose]: () => parts.disposeAsync() }
}

test('a viewer sees rotations and is told who may begin one', async ({ page }) => {
  const vera = new ConsolePage(page)
  await vera.enter('Vera', '/certificate-rotations')
  await expect(vera.heading('Certificate rotations')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Rotate certificates' }).first()).toBeDisabled()
})
