import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import mqtt from 'mqtt'
import { expectAccessible } from './accessible.ts'
import { downloadArchive } from './device-archive.ts'
import { freshName } from './fresh-name.ts'
import { logAt } from './logging.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

test('a template is made and rehearsed, a device is born by a claim of it, and one that lacks a parameter is told why', async ({
  page,
}) => {
  test.slow() // keys, certificates and two devices
  const name = freshName('line').slice(0, 30)
  await logAt('INFO')
  const grace = new ConsolePage(page)
  await grace.enter('Grace', '/create-provisioning-template')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  const role = page.getByRole('region', { name: 'A new role' })
  await role.getByRole('button', { name: 'Create role' }).click()
  await expect(page.getByText('It trusts AWS IoT.')).toBeVisible()
  await expect(page.getByLabel('Allowed', { exact: true }).first()).toBeAttached()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create provisioning template' }).click()
  await expect(grace.heading(name)).toBeVisible()

  // The rehearsal is what is opened next: without a parameter nothing is made, with it a thing.
  await expect(page.getByText(/Refused at the step ‘parameters’/)).toBeVisible()
  await page.getByRole('textbox', { name: 'SerialNumber' }).fill(name)
  await expect(page.getByText('There is no thing of this name: it is made.')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('tab', { name: 'Claims' }).click()
  await page.getByRole('button', { name: 'Make claim certificate' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Make a claim certificate' })
  await dialog.getByRole('textbox', { name: 'Production line' }).fill('hall-2')
  await dialog.getByRole('button', { name: 'Make claim certificate' }).click()
  await expect(page.getByText('Download the private key now', { exact: true })).toBeVisible()
  await using claim = await downloadArchive(page)
  const provision = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, ['provision.mjs', ...args], { cwd: claim.path('.'), timeout: 60_000 })
  const born = await provision(`SerialNumber=${name}`)
  expect(born.stdout).toContain(`provisioned as device-${name}`)
  await expect(provision()).rejects.toThrow(/SerialNumber/)

  // The device goes on with the certificate of its own.
  const device = await mqtt.connectAsync(`mqtts://localhost:${stack.mqttPort}`, {
    clientId: `device-${name}`,
    ca: await claim.file('root-ca.pem'),
    cert: await readFile(claim.path('own.cert.pem')),
    key: await readFile(claim.path('own.key.pem')),
  })
  await device.endAsync()

  await page.getByRole('tab', { name: 'Provisioned lately' }).click()
  const list = page.getByRole('grid', { name: 'Provisioned lately' })
  await expect(list.getByRole('link', { name: `device-${name}` })).toBeVisible({ timeout: 60_000 })
  await expect(list.getByText('The parameter SerialNumber is missing')).toBeVisible()
  await expect(list.getByText(/the template needs a default for it/)).toBeVisible()
  await expectAccessible(page)
})

test('a viewer sees templates and what was provisioned, and is told who may make one', async ({ page }) => {
  const vera = new ConsolePage(page)
  await vera.enter('Vera', '/provisioning-templates')
  await expect(vera.heading('Provisioning templates')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Create provisioning template' }).first()).toBeDisabled()
})
