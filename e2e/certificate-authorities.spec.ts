import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  AcceptCertificateTransferCommand,
  CreateKeysAndCertificateCommand,
  DescribeCACertificateCommand,
  DescribeCertificateCommand,
  IoTClient,
  TransferCertificateCommand,
} from '@aws-sdk/client-iot'
import { expectAccessible } from './accessible.ts'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { OTHER_ACCOUNT, stack } from './stack.ts'
import { expect, test } from './test.ts'

const iot = new IoTClient(stack.sdk)
const otherIot = new IoTClient({
  ...stack.sdk,
  credentials: { accessKeyId: OTHER_ACCOUNT, secretAccessKey: 'local' },
})

test('a CA is registered by a proof that the page signs, and its key stays in the page', async ({ page }) => {
  const { certificate, key } = await makeAuthority(freshName('e2e-ca'))
  const grace = new ConsolePage(page)
  const bodies: string[] = []
  page.on('request', (request) => bodies.push(request.postData() ?? ''))
  await grace.enter('Grace', '/register-certificate-authority')
  await page.getByRole('textbox', { name: 'CA certificate' }).fill(certificate)
  await page.getByRole('textbox', { name: 'Private key of the CA' }).fill(key)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Register CA certificate' }).click()
  await expect(grace.heading(/^CA certificate /)).toBeVisible()
  const certificateId = new URL(page.url()).pathname.split('/').at(-1)
  const { certificateDescription } = await iot.send(new DescribeCACertificateCommand({ certificateId }))
  expect(certificateDescription).toMatchObject({ status: 'ACTIVE', certificateMode: 'DEFAULT' })
  expect(bodies.filter((body) => body.includes('verificationCertificate'))).toHaveLength(1)
  const line = key.split('\n')[1] ?? ''
  expect(line.length).toBeGreaterThan(40)
  expect(bodies.some((body) => body.includes(line))).toBe(false)
})

test('a certificate is offered to another account, and one of that account is taken', async ({ page }) => {
  const { certificateId = '' } = await iot.send(new CreateKeysAndCertificateCommand({}))
  const grace = new ConsolePage(page)
  await grace.enter('Grace', '/certificate-transfers')
  await page.getByRole('button', { name: 'Offer certificate' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Certificate id' }).fill(certificateId)
  await dialog.getByRole('textbox', { name: 'Account' }).fill(OTHER_ACCOUNT)
  await dialog.getByRole('button', { name: 'Offer certificate' }).click()
  const row = page.getByRole('row', { name: certificateId.slice(0, 8) })
  await expect(row).toContainText(OTHER_ACCOUNT)
  await expectAccessible(page)
  await otherIot.send(new AcceptCertificateTransferCommand({ certificateId, setAsActive: false }))
  await page.reload()
  await expect(page.getByText('AWS IoT lists what this account offers')).toBeVisible()
  await expect(row).toHaveCount(0)

  await otherIot.send(new TransferCertificateCommand({ certificateId, targetAwsAccount: stack.account }))
  await page.getByRole('button', { name: 'Accept or reject a certificate' }).first().click()
  await dialog.getByRole('textbox', { name: 'Certificate id' }).fill(certificateId)
  await dialog.getByRole('radio', { name: 'Accept it, and activate it' }).click()
  await dialog.getByRole('button', { name: 'Accept certificate' }).click()
  await expect(dialog).toHaveCount(0)
  const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }))
  expect(certificateDescription).toMatchObject({
    status: 'ACTIVE',
    ownedBy: stack.account,
    previousOwnedBy: OTHER_ACCOUNT,
  })
})

/** A CA certificate with its private key, as PEM. */
async function makeAuthority(name: string): Promise<{ readonly certificate: string; readonly key: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'thingdeck-e2e-ca-'))
  try {
    const key = join(folder, 'key.pem')
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30']
    const { stdout } = await promisify(execFile)('openssl', [...made, '-keyout', key, '-subj', `/CN=${name}`])
    return { certificate: stdout, key: await readFile(key, 'utf8') }
  } finally {
    await rm(folder, { recursive: true })
  }
}
