import type { Page } from '@playwright/test'
import { connectDevice, type TestDevice } from './device.ts'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { expect, test } from './test.ts'

/**
 * A device that takes each job as AWS's device SDKs do: it hears of it on `notify-next`, begins it, and ends it as it was
 * told to; `undefined` leaves it in the middle.
 */
async function obey({ thingName, client }: TestDevice, end: 'SUCCEEDED' | 'FAILED' | undefined): Promise<void> {
  const jobs = `$aws/things/${thingName}/jobs`
  const publish = (topic: string, document: object) => client.publish(topic, JSON.stringify(document), { qos: 1 })
  client.on('message', (topic, payload) => {
    const { execution } = JSON.parse(payload.toString()) as { execution?: { jobId: string; status: string } }
    if (topic === `${jobs}/notify-next` && execution?.status === 'QUEUED') {
      publish(`${jobs}/${execution.jobId}/update`, { status: 'IN_PROGRESS', statusDetails: { step: 'download' } })
      if (end === undefined) return
      publish(`${jobs}/${execution.jobId}/update`, {
        status: end,
        statusDetails: { step: 'install', said: `it ${end}` },
      })
    }
  })
  await client.subscribeAsync(`${jobs}/notify-next`, { qos: 1 })
}

const DOCUMENT = '{"operation": "install", "version": "2.5"}'

/** Goes through the steps with what they begin with. */
async function createJob(page: Page, jobId: string, things: readonly string[], isOfFile = false): Promise<void> {
  await page.getByRole('textbox', { name: 'Id of the job' }).fill(jobId)
  await page.getByRole('textbox', { name: 'Names of the things' }).fill(things.join('\n'))
  await page.getByRole('button', { name: 'Next' }).click()
  const document = page.getByRole('textbox', { name: 'Document' })
  if (isOfFile) {
    const file = { name: 'install.json', mimeType: 'application/json', buffer: Buffer.from(DOCUMENT) }
    await page.locator('input[type=file]').setInputFiles(file)
    await expect(document).toContainText('"2.5"')
  } else {
    await document.click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(DOCUMENT)
  }
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('textbox', { name: 'Time-out, in minutes' }).fill('30')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('It begins at once.')).toBeVisible()
  await expect(page.getByText(`${things.length} device`, { exact: false }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Create job' }).click()
  await expect(new ConsolePage(page).heading(jobId)).toBeVisible()
}

test('a job for two devices is made, and seen live as one succeeds and one fails', async ({ page }) => {
  await using good = await connectDevice(freshName('e2e-good'))
  await using bad = await connectDevice(freshName('e2e-bad'))
  await obey(good, 'SUCCEEDED')
  await obey(bad, 'FAILED')
  const jobId = freshName('e2e-fw')
  const ada = new ConsolePage(page)
  await ada.enter('Ada', '/jobs')
  await page.getByRole('link', { name: 'Create job' }).first().click()
  await createJob(page, jobId, [good.thingName, bad.thingName], true)

  await expect(page.getByRole('img', { name: '1 succeeded, 1 failed' })).toBeVisible()
  await expect(page.getByText('Completed', { exact: true })).toBeVisible()
  await page.getByRole('tab', { name: 'Executions' }).click()
  await expect(page.getByRole('row', { name: new RegExp(good.thingName) }).getByText('Succeeded')).toBeVisible()
  await page.getByRole('checkbox', { name: new RegExp(bad.thingName) }).check()
  await expect(page.getByText('it FAILED')).toBeVisible()

  await ada.enter('Ada', `/things/${bad.thingName}?tab=jobs`)
  await expect(page.getByRole('row', { name: new RegExp(jobId) }).getByText('Failed')).toBeVisible()
})

test('a job in the middle is canceled by force, after it was said what that does', async ({ page }) => {
  await using slow = await connectDevice(freshName('e2e-slow'))
  await obey(slow, undefined)
  const jobId = freshName('e2e-stuck')
  const ada = new ConsolePage(page)
  await ada.enter('Ada', `/create-job?things=${slow.thingName}`)
  await createJob(page, jobId, [slow.thingName])
  await expect(page.getByRole('img', { name: '1 in progress' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel job' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('1 device in the middle of it goes on', { exact: false })).toBeVisible()
  await dialog.getByRole('checkbox', { name: /By force/ }).check()
  await expect(dialog.getByText('is not told to stop', { exact: false })).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel job by force' }).click()
  await expect(page.getByRole('img', { name: '1 canceled' })).toBeVisible()
  await expect(page.getByText('by force', { exact: false }).first()).toBeVisible()
})
