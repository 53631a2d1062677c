import type { Page } from '@playwright/test'
import { freshName } from './fresh-name.ts'
import { LivePage } from './pages/live-page.ts'
import { ShadowPage } from './pages/shadow-page.ts'
import { shadowService } from './shadow-service.ts'
import { expect, test } from './test.ts'
import { expectInForce } from './watch-live.ts'

/** Records in Live messages what the shadow service says while `changes` are made; answers the saved file. */
async function record(page: Page, filter: string, changes: readonly (() => Promise<void>)[]): Promise<string> {
  const live = new LivePage(page)
  await live.enter('Ada', '/live')
  await live.subscribe(filter)
  await expectInForce(live, filter)
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Stop recording/ })).toBeVisible()
  for (const change of changes) await change()
  // `accepted`, `documents` and, as nothing is reported, `delta` of each change.
  await expect.poll(async () => (await live.counts()).received).toBe(3 * changes.length)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Stop recording/ }).click()
  return await (await saved).path()
}

test("a recording of live messages opens in the shadow's history: compared, and restored as a draft", async ({
  page,
}) => {
  const thingName = freshName('e2e-recorded')
  const set = (desired: object) => () => shadowService.update(thingName, { desired })
  await set({ speed: 1, id: 0 })()
  const file = await record(page, `$aws/things/${thingName}/shadow/#`, [
    set({ speed: 2 }),
    set({ speed: 3, added: [1, 2] }),
    set({ speed: 4 }),
  ])
  const shadow = new ShadowPage(page)
  await page.goto(`/things/${thingName}/shadow`)
  await expect(shadow.row('speed')).toBeVisible()
  await shadow.update({ speed: 50, id: 0, added: [1, 2] })
  await expect(shadow.row('speed').getByRole('cell').first()).toHaveText('50')

  await shadow.openRecording(file, 'night.jsonl.gz')
  await expect(page.getByText(/3 versions of this shadow in/)).toBeVisible()
  // Of five versions the recording holds three, one of which the session read too.
  await expect(page.getByRole('table', { name: 'Version 5 against 4' })).toContainText('desired.speed')
  await shadow.olderVersion.click()
  await expect(page.getByRole('table', { name: 'Version 4 against 3' })).toBeVisible() // what is older is older than that
  await shadow.olderVersion.click()
  await expect(page.getByText('from the recording night.jsonl.gz')).toBeVisible()
  const recorded = page.getByRole('table', { name: 'Version 3 against 2' })
  await expect(recorded.getByRole('row').filter({ hasText: 'desired.speed' })).toContainText('3')
  await expect(recorded.getByRole('row').filter({ hasText: 'desired.added' })).toContainText('[1,2]')

  // Any two: the recorded one against the session's newest.
  await page.getByRole('button', { name: /Compare with/ }).click()
  await page.getByRole('option', { name: 'version 5', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Version 3 against 5' })).toContainText('50')

  await page.getByRole('button', { name: 'Restore desired as draft' }).click()
  await expect(shadow.editor).toContainText('"speed": 3')
  await shadow.updateButton.click()
  await expect(shadow.row('speed').getByRole('cell').first()).toHaveText('3')
  expect((await shadowService.get(thingName)).state.desired).toEqual({ speed: 3, id: 0, added: [1, 2] })

  await page.getByRole('button', { name: 'Close the recording night.jsonl.gz' }).click()
  await expect(page.getByText('from the recording')).toHaveCount(0)
})

test('a recording without this shadow, and what is no recording, say what they are', async ({ page }) => {
  const thingName = freshName('e2e-recorded-other')
  await shadowService.update(thingName, { desired: { a: 1 } })
  const file = await record(page, `$aws/things/${thingName}/shadow/#`, [
    () => shadowService.update(thingName, { desired: { a: 2 } }),
  ])
  const shadow = new ShadowPage(page)
  await page.goto('/things/pump-1/shadow')
  await expect(shadow.table).toBeVisible()
  await shadow.openRecording(file, 'other.jsonl.gz')
  await expect(page.getByText('other.jsonl.gz holds nothing of this shadow')).toBeVisible()
  await expect(page.getByText(/did not listen to the topics of pump-1/)).toContainText(
    `subscribed to $aws/things/${thingName}/shadow/#. It holds versions of ${thingName}.`,
  )
  await shadow.openRecordingOf('not.jsonl.gz', Buffer.from('{"hello":"world"}\n'))
  await expect(page.getByText('not.jsonl.gz could not be opened')).toBeVisible()
  await expect(page.getByText(/its first line does not say so/)).toBeVisible()
})

test('a recording from elsewhere that breaks off is shown with both said; it can also be dropped', async ({ page }) => {
  const documents = {
    previous: null,
    current: { state: { desired: { a: 7 } }, metadata: {}, version: 1 },
    timestamp: 1,
  }
  const lines = [
    {
      thingdeck: 'recording',
      version: 1,
      startedAtMs: 1_000,
      subscriptions: [{ filter: '#', qos: 0 }],
      endpoint: 'elsewhere-ats.iot.eu-west-1.amazonaws.com',
    },
    {
      atMs: 2_000,
      topic: '$aws/things/e2e-elsewhere/shadow/update/documents',
      payload: Buffer.from(JSON.stringify(documents)).toString('base64'),
      qos: 0,
    },
  ]
  const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
  await shadowService.update('e2e-elsewhere', { desired: { a: 1 } })
  const shadow = new ShadowPage(page)
  await shadow.enter('Vera', '/things/e2e-elsewhere/shadow')
  await expect(shadow.row('a')).toBeVisible()
  const files = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([content], 'elsewhere.jsonl'))
    return transfer
  }, text)
  await page.dispatchEvent('body', 'dragover', { dataTransfer: files })
  const dropzone = page.getByText(/Drop a recording of live messages here/)
  await expect(dropzone).toBeVisible()
  await dropzone.dispatchEvent('drop', { dataTransfer: files })
  await expect(
    page.getByText(/recorded at elsewhere-ats.iot.eu-west-1.amazonaws.com; this console is at/),
  ).toBeVisible()
  await expect(page.getByText(/The file breaks off/)).toBeVisible()
})

test('the reading of a recording is shown, and cancelled without a trace', async ({ page }) => {
  const thingName = freshName('e2e-reading')
  await shadowService.update(thingName, { desired: { a: 1 } })
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', `/things/${thingName}/shadow`)
  await expect(shadow.row('a')).toBeVisible()
  // A file so large that its reading has not begun to come to an end: here its reader does not even arrive.
  await page.route(/recording\.worker/, () => {})
  const line = { thingdeck: 'recording', version: 1, startedAtMs: 1_000, subscriptions: [] }
  await shadow.openRecordingOf('large.jsonl.gz', Buffer.from(`${JSON.stringify(line)}\n`))
  const reading = page.getByRole('progressbar', { name: 'Reading large.jsonl.gz' })
  await expect(reading).toBeVisible()
  // The page goes on meanwhile.
  await shadow.update({ a: 2 })
  await expect(shadow.row('a').getByRole('cell').first()).toHaveText('2')
  await page.getByRole('button', { name: 'Cancel reading' }).click()
  await expect(reading).toHaveCount(0)
  await expect(page.getByText('could not be opened')).toHaveCount(0)
})
