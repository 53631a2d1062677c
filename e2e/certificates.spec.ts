import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { CreatePolicyCommand, CreateThingCommand, IoTClient, ListPrincipalThingsCommand } from '@aws-sdk/client-iot'
import { unzipSync } from 'fflate'
import { expectAccessible } from './accessible.ts'
import { connectDevice } from './device.ts'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

const iot = new IoTClient(stack.sdk)

/** A thing, and a policy that lets it connect and publish as itself. */
async function makeThingAndPolicy(): Promise<string> {
  const name = freshName('e2e-cert')
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['iot:Connect', 'iot:Publish'], Resource: '*' }],
  })
  await iot.send(new CreateThingCommand({ thingName: name }))
  await iot.send(new CreatePolicyCommand({ policyName: name, policyDocument }))
  return name
}

test('a certificate is made in the browser, and a device connects with what was downloaded', { tag: '@aws' }, async ({
  page,
}) => {
  const name = await makeThingAndPolicy()
  const grace = new ConsolePage(page)
  const bodies: string[] = []
  page.on('request', (request) => bodies.push(request.postData() ?? ''))
  await grace.enter('Grace', `/create-certificate?thing=${name}`)
  await expect(page.getByRole('radio', { name: /Key pair made in this browser/ })).toBeChecked()
  await page.getByRole('button', { name: 'Policies' }).click()
  await page.getByPlaceholder('Part of a name').fill(name)
  await expect(page.getByRole('option')).toHaveCount(1) // as it is found: what was offered before goes from under the pointer
  await page.getByRole('option', { name }).click()
  await page.keyboard.press('Escape')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create certificate' }).click()
  await expect(page.getByText('Download the private key now', { exact: true })).toBeVisible()
  await expect(grace.flashes.getByText('The certificate was made')).toBeVisible()

  // Leaving now would lose the key.
  await page.getByRole('link', { name: 'Show certificate' }).click()
  await expect(page.getByRole('dialog')).toContainText('the private key, which is nowhere else')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as a zip' }).click(),
  ])
  const files = unzipSync(await readFile(await download.path()))
  const fileNamed = (end: string) =>
    new TextDecoder().decode(Object.entries(files).find(([path]) => path.endsWith(end))?.[1])
  const key = fileNamed('/device.key.pem')
  expect(key).toMatch(/^-{5}BEGIN PRIVATE KEY-{5}\n/)
  // The key never left the page: no request has a line of it, and nothing that the browser keeps.
  const line = key.split('\n')[1] ?? ''
  expect(bodies.some((body) => body.includes(line))).toBe(false)
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]))
  expect(kept).not.toContain(line)

  // As whoever gets the archive does it: beside the packages of this repository, so that the sample finds its own.
  await mkdir('test-results', { recursive: true })
  const folder = await mkdtemp(join('test-results', 'zip-'))
  try {
    for (const [path, bytes] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), bytes)
    }
    const sample = Object.keys(files).find((path) => path.endsWith('samples/node.mjs')) ?? ''
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, sample)], { timeout: 30_000 })
    expect(stdout).toBe('published\n')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }

  await page.getByRole('link', { name: 'Show certificate' }).click()
  await expect(page.getByRole('link', { name, exact: true }).first()).toBeVisible()
  await page.getByRole('tab', { name: 'Decoded' }).click()
  await expect(page.getByText('EC P-256')).toBeVisible()
  await expectAccessible(page)
})

test('a certificate of a connected device: whom deleting it hits is said first, and until the end it can be undone', async ({
  page,
}) => {
  const thingName = freshName('e2e-deleted')
  await using device = await connectDevice(thingName)
  const closed = new Promise<void>((resolve) => device.client.once('close', () => resolve()))
  device.client.options.reconnectPeriod = 0
  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/things/${thingName}`)
  await page.getByRole('link', { name: /^Certificate / }).click()
  await page.getByRole('button', { name: 'Delete certificate' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(`1 device is connected as its things now: ${thingName}`)
  for (const step of [
    /Detach the policy e2e-/,
    `Detach it from the thing ${thingName}`,
    'Deactivate it',
    'Delete it',
  ]) {
    await expect(dialog.getByText(step)).toBeVisible()
  }
  await expectAccessible(page)
  const certificateId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const typed = certificateId.slice(0, 8)
  // The console's server goes away in the midst of it.
  let isAway = true
  await page.route('**/api/certificates/*/status', (route) => (isAway ? route.abort() : route.continue()))
  await dialog.getByRole('textbox').fill(typed)
  await dialog.getByRole('button', { name: 'Delete certificate' }).click()
  await expect(dialog).toContainText('This step failed: Deactivate it')
  await expect(dialog).toContainText('Stopped: 2 of 4 steps done')
  isAway = false
  await dialog.getByRole('button', { name: 'Undo what was done' }).click()
  await expect(grace.flashes).toContainText('What was done is undone.')
  const principal = `arn:aws:iot:${stack.sdk.region}:123456789012:cert/${certificateId}`
  expect((await iot.send(new ListPrincipalThingsCommand({ principal }))).things).toEqual([thingName])

  await page.getByRole('button', { name: 'Delete certificate' }).click()
  await dialog.getByRole('textbox').fill(typed)
  await dialog.getByRole('button', { name: 'Delete certificate' }).click()
  await closed
  await expect(grace.heading('Certificates')).toBeVisible()
  await expect(grace.flashes).toContainText('was deleted')
  await page.goto(`/certificates/${certificateId}?tab=changes`)
  await expect(page.getByText('DeleteCertificate')).toBeVisible()
  await expect(page.getByText('DetachThingPrincipal')).toHaveCount(2)
})
