import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { awsEnvironment, startEmbeddedServer } from '../scripts/run/embedded-server.ts'
import { freePort } from '../scripts/run/free-port.ts'
import { Service } from '../scripts/run/service.ts'
import { expectAccessible } from './accessible.ts'
import { LivePage } from './pages/live-page.ts'
import { expect, test } from './test.ts'

const ADDRESS = /http:\/\/localhost:\d+\/\S+code=\S+/

/** `npm start -- --aws` with somebody's lasting keys, before an embedded server that stands in for their account. */
async function startOnAws() {
  await using parts = new AsyncDisposableStack()
  const data = await mkdtemp(join(tmpdir(), 'thingdeck-own-'))
  parts.defer(() => rm(data, { recursive: true, force: true }))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = parts.use(await startEmbeddedServer({ consoleUrl: url }))
  const service = parts.use(
    new Service({
      name: 'console',
      program: 'scripts/start.ts',
      args: ['--aws', '--console-port', String(port), '--data', data],
      environment: { ...process.env, ...awsEnvironment(server) },
      patienceMs: 30_000,
      hasInput: true,
    }),
  )
  const address = async () => ADDRESS.exec(await service.line((text) => ADDRESS.test(text)))?.[0] ?? ''
  const first = await address()
  const started = parts.move()
  return {
    server,
    url,
    first,
    /** Presses Enter in the terminal. */
    another: () => {
      const printed = address()
      service.write('')
      return printed
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

test('one’s own account: opened by its address alone, live, and never mistaken for a toy', async ({
  page,
  context,
  browser,
}) => {
  await using own = await startOnAws()
  const iot = new IoTClient(own.server.sdk)
  await iot.send(new CreateThingCommand({ thingName: 'pump-7' }))
  iot.destroy()

  await page.goto(`${own.url}/things/pump-7`)
  await expect(page.getByText('This console opens by an address of its own')).toBeVisible()
  await expectAccessible(page)
  // Opened in another tab; the one that waits goes on.
  const live = new LivePage(await context.newPage())
  await live.page.goto(own.first)
  await expect(live.personMenu).toHaveText(/admin/)
  expect(live.page.url()).not.toContain('code=')
  await expect(page.getByRole('heading', { level: 1, name: 'pump-7' })).toBeVisible()

  await live.page.goto(`${own.url}/live?s=1:dt/%23`)
  await expect(live.subscription('dt/#')).toBeVisible()
  await expect(live.connection).toHaveAccessibleName(/^Connection: live/)
  const data = new IoTDataPlaneClient(own.server.sdk)
  await expect(async () => {
    await data.send(new PublishCommand({ topic: 'dt/pump-7', qos: 1, payload: Buffer.from('{"flow":4.2}') }))
    await expect(live.messages.getByText('dt/pump-7').first()).toBeVisible({ timeout: 2_000 })
  }).toPass()
  data.destroy()

  const band = page.getByRole('region', { name: 'Environment' })
  await expect(band).toHaveText(/Production.*account 123456789012.*us-east-1/)
  expect((await band.boundingBox())?.height).toBeLessThanOrEqual(24)
  await expect(page).toHaveTitle('Production · pump-7 · Thingdeck')
  await page.getByRole('button', { name: 'Delete thing' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete the thing pump-7' })
  await expect(dialog.getByText('In production: account 123456789012, us-east-1.')).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: 'To go on in production, type pump-7' })).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }

  // Each address opens once; the next one is a key away.
  const stranger = await browser.newContext()
  const other = await stranger.newPage()
  await other.goto(own.first)
  await expect(other.getByText('This address was used already, or is too old')).toBeVisible()
  await other.goto(await own.another())
  await expect(other.getByRole('region', { name: 'Environment' })).toBeVisible()
  await stranger.close()
})
