import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import type { Download } from '@playwright/test'
import { dropConnection } from './drop-connection.ts'
import { connectClient } from './mqtt-client.ts'
import { LivePage } from './pages/live-page.ts'
import { expect, test } from './test.ts'
import { watch } from './watch-live.ts'

const bytesOf = async (download: Download) => await readFile(await download.path())

test('a stream is recorded to a file, opened without a connection, and replayed under a prefix byte for byte', async ({
  page,
  context,
}, testInfo) => {
  await using sender = await connectClient('e2e-recorded')
  const live = await watch(page, 'e2e/recorded/#')
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
  await live.button('Record').click()
  await expect(live.button(/^Stop recording/)).toBeVisible()
  await sender.client.publishAsync('e2e/recorded/bytes', bytes, { qos: 1 })
  await sender.client.publishAsync('e2e/recorded/json', '{"flow":4.20,"id":12345678901234567890}', { qos: 1 })
  await expect(live.counters).toContainText('received 2')
  await dropConnection(live)
  await expect(live.messagesOf(/^disconnected/)).toBeVisible()
  await sender.client.publishAsync('e2e/recorded/json', '{"flow":5}', { qos: 1 })
  await expect(live.button(/^Stop recording 3/)).toBeVisible()
  const [file] = await Promise.all([page.waitForEvent('download'), live.button(/^Stop recording/).click()])
  expect(file.suggestedFilename()).toMatch(/\.jsonl\.gz$/)
  const lines = gunzipSync(await bytesOf(file))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines[0]).toMatchObject({ thingdeck: 'recording', subscriptions: [{ filter: 'e2e/recorded/#', qos: 0 }] })
  expect(lines[1]).toMatchObject({ topic: 'e2e/recorded/bytes', payload: bytes.toString('base64') })
  expect(lines[3]).toMatchObject({ gap: { fromMs: expect.any(Number), toMs: expect.any(Number) } })
  expect(lines.at(-1)).toMatchObject({ end: { messages: 3, gaps: 1 } })
  const path = testInfo.outputPath('recorded.jsonl.gz')
  await file.saveAs(path)

  // Opened elsewhere, as someone gets it by mail, and with no way to the broker.
  await context.route('**/api/session/mqtt*', (route) => route.abort())
  await page.reload()
  const chooser = page.waitForEvent('filechooser')
  await live.choose('More', 'Open a recording …')
  await (await chooser).setFiles(path)
  await expect(live.heading('Recorded messages')).toBeVisible()
  await expect(page.getByText('Recording: recorded.jsonl.gz')).toBeVisible()
  await expect(live.counters).toContainText('received 3 = kept 3 + aged out 0')
  await expect(live.messages.getByRole('row')).toHaveCount(5)
  await expect(live.messagesOf(/^disconnected/)).toHaveCount(1)
  await live.open('e2e/recorded/bytes')
  await expect(live.form('Hex')).toHaveAttribute('aria-selected', 'true')
  await live.filter('$.flow > 4.5')
  await expect(live.counters).toContainText('shown 1 = kept − 2 filtered')
  await live.filter('')
  await live.show('Tree')
  await live.button('Open all').click()
  await expect(live.level('json').getByRole('gridcell').nth(1)).toHaveText('2')
  await live.show('List')
  await expect(live.publishButton).toHaveCount(0)

  // Replayed: said first what goes where, then each byte of it arrives.
  await context.unroute('**/api/session/mqtt*')
  await expect(live.connection).toHaveAccessibleName(/live/, { timeout: 40_000 })
  const heard: { topic: string; payload: Buffer }[] = []
  sender.client.on('message', (topic, payload) => heard.push({ topic, payload }))
  await sender.client.subscribeAsync('e2e/replayed/#', { qos: 1 })
  await live.choose('More', 'Replay …')
  const dialog = page.getByRole('dialog', { name: 'Replay messages' })
  await dialog.getByRole('textbox', { name: 'Topic prefix' }).fill('e2e/replayed/')
  await dialog.getByRole('button', { name: '10×' }).click()
  await expect(dialog).toContainText('3 messages')
  await expect(dialog.getByRole('row').filter({ hasText: 'e2e/replayed/e2e/recorded/bytes' })).toContainText('1')
  expect(heard).toEqual([])
  await dialog.getByRole('button', { name: 'Publish 3 messages' }).click()
  await expect.poll(() => heard.length).toBe(3)
  expect(heard[0]).toEqual({ topic: 'e2e/replayed/e2e/recorded/bytes', payload: bytes })
  expect(heard.slice(1).map(({ payload }) => payload.toString())).toEqual([
    '{"flow":4.20,"id":12345678901234567890}',
    '{"flow":5}',
  ])
})

test('what is picked, shown or kept is exported as JSON Lines and CSV', async ({ page }) => {
  await using sender = await connectClient('e2e-export')
  const live = await watch(page, 'e2e/export/#')
  const say = (payload: string | Buffer) => sender.client.publishAsync('e2e/export/a', payload, { qos: 1 })
  await say('{"id":12345678901234567890}')
  await say('two, "quoted"')
  await say(Buffer.from([0xff, 0x00]))
  await expect(live.counters).toContainText('received 3')
  const exported = async (...path: readonly string[]) => {
    const [file] = await Promise.all([page.waitForEvent('download'), live.choose(/^More/, ...path)])
    return (await bytesOf(file)).toString().trimEnd()
  }
  const all = (await exported('Export everything kept', 'JSON Lines')).split('\n')
  expect(all).toHaveLength(3)
  expect(all[0]).toContain('"payload":{"id":12345678901234567890}')
  expect(JSON.parse(all[1] ?? '')).toMatchObject({ topic: 'e2e/export/a', payloadText: 'two, "quoted"' })
  expect(JSON.parse(all[2] ?? '')).toMatchObject({ payloadBase64: '/wA=' })

  await live.filter('quoted')
  await expect(live.counters).toContainText('shown 1')
  const csv = (await exported('Export what the filter shows', 'CSV')).split('\r\n')
  expect(csv).toHaveLength(2)
  expect(csv[1]).toMatch(/,e2e\/export\/a,13,.*,text,"two, ""quoted"""$/)

  await live.filter('')
  await expect(live.messagesOf('12345678901234567890')).toBeVisible()
  await live.messagesOf('12345678901234567890').click({ modifiers: ['ControlOrMeta'] })
  await expect(live.button('More (1 picked)')).toBeVisible()
  expect((await exported('Export the 1 picked', 'JSON Lines')).split('\n')).toHaveLength(1)
})

test('a range is picked by mouse and by keyboard, and copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await using sender = await connectClient('e2e-range')
  const live = await watch(page, 'e2e/range/#')
  for (let n = 1; n <= 9; n++) await sender.client.publishAsync('e2e/range/a', `row-${n}`, { qos: 1 })
  await expect(live.counters).toContainText('received 9')
  await live.open('row-3')
  await live.messagesOf('row-6').click({ modifiers: ['Shift'] })
  await expect(live.button('More (4 picked)')).toBeVisible()
  // The range goes to where one clicks last, and what was picked beside it stays.
  await live.messagesOf('row-5').click({ modifiers: ['Shift'] })
  await expect(live.button('More (3 picked)')).toBeVisible()
  await live.messagesOf('row-9').click({ modifiers: ['ControlOrMeta'] })
  await expect(live.button('More (4 picked)')).toBeVisible()
  await live.messages.focus()
  await page.keyboard.press('ControlOrMeta+c')
  await expect(live.flashes).toContainText('Copied 4 messages as JSON Lines')
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).split('\n')
  expect(copied.map((line) => JSON.parse(line).payloadText)).toEqual(['row-3', 'row-4', 'row-5', 'row-9'])

  await live.choose(/^More/, 'Unpick all')
  await live.open('row-4')
  await live.messages.focus()
  for (let n = 0; n < 3; n++) await page.keyboard.press('Shift+ArrowDown')
  await expect(live.button('More (4 picked)')).toBeVisible()
  await page.keyboard.press('Shift+ArrowUp')
  await expect(live.button('More (3 picked)')).toBeVisible()
})

test('who would lose a recording is asked: leaving the tab of a thing, closing the page, signing out', async ({
  page,
}) => {
  const live = new LivePage(page)
  await live.enter('Ada', '/things/pump-1?tab=live')
  await live.button('Record').click()
  await expect(live.button(/^Stop recording [1-9]/)).toBeVisible()
  await page.getByRole('tab', { name: 'Overview' }).click()
  const dialog = page.getByRole('dialog', { name: 'A recording is under way' })
  await dialog.getByRole('button', { name: 'Stay', exact: true }).last().click()
  await expect(live.button(/^Stop recording/)).toBeVisible()
  await live.show('Tree') // another view of the same stream ends nothing
  await expect(dialog).toHaveCount(0)
  await live.goTo('Things')
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save recording' }).click()
  expect((await saved).suggestedFilename()).toMatch(/^recording-.*\.jsonl\.gz$/)
  await expect(live.heading('Things')).toBeVisible()

  await live.goTo('Live messages')
  await live.subscribe('e2e/leave/#')
  await live.button('Record').click()
  await live.goTo('Things') // this stream goes on, whichever page is open
  await expect(dialog).toHaveCount(0)
  const asked = page.waitForEvent('dialog')
  const closing = page.close({ runBeforeUnload: true })
  expect((await asked).type()).toBe('beforeunload')
  await (await asked).dismiss()
  await closing
  page.once('dialog', async (question) => {
    expect(question.message()).toContain('the recording that is under way')
    await question.dismiss()
  })
  await live.signOut()
  await expect(live.personMenu).toBeVisible()
  await live.goTo('Live messages')
  await expect(live.button(/^Stop recording/)).toBeVisible()
})

test('a replay publishes what it promised while more comes; stopped it says so, and both are in the trail', async ({
  page,
}) => {
  await using sender = await connectClient('e2e-promised')
  const live = await watch(page, 'e2e/promised/#')
  const say = (n: number) => sender.client.publishAsync('e2e/promised/a', `message ${n}`, { qos: 1 })
  for (let n = 1; n <= 20; n++) await say(n)
  await expect(live.counters).toContainText('received 20')
  const replay = async (prefix: string, speed: string) => {
    await live.choose('More', 'Replay …')
    const dialog = page.getByRole('dialog', { name: 'Replay messages' })
    await dialog.getByRole('textbox', { name: 'Topic prefix' }).fill(prefix)
    await dialog.getByRole('button', { name: speed }).click()
    return dialog
  }
  // What is replayed comes back into the very stream, and others go on publishing.
  const dialog = await replay('e2e/promised/again/', 'As fast as allowed')
  const publish = dialog.getByRole('button', { name: 'Publish 20 messages' })
  await expect(publish).toBeVisible()
  for (let n = 21; n <= 25; n++) await say(n)
  await expect(live.counters).toContainText('received 25')
  await publish.click()
  await expect(live.flashes).toContainText('Replaying 20 messages: done')
  await expect(live.flashes).toContainText('20 of 20 messages')
  await expect(live.counters).toContainText('received 45')

  // One message an hour: it is stopped after the first.
  const hourly = [1, 2, 3].map((n) => ({ atMs: n * 3_600_000, topic: 'a', payload: btoa(String(n)), qos: 0 }))
  const lines = [{ thingdeck: 'recording', version: 1, startedAtMs: 0, subscriptions: [] }, ...hourly]
  const buffer = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const chooser = page.waitForEvent('filechooser')
  await live.choose('More', 'Open a recording …')
  await (await chooser).setFiles({ name: 'hourly.jsonl', mimeType: 'application/jsonl', buffer })
  await expect(live.counters).toContainText('received 3')
  await (await replay('e2e/stopped/', 'As received')).getByRole('button', { name: 'Publish 3 messages' }).click()
  await expect(live.flashes).toContainText('1 of 3 messages')
  await live.flashes.getByRole('button', { name: 'Stop' }).click()
  await expect(live.flashes).toContainText('Replaying 3 messages: stopped')
  await expect(live.flashes).toContainText('1 of 3 messages')

  // Of these two: what others published again and again ends as well.
  const endsOf = async (words: string) => {
    const { entries }: { entries: object[] } = await (await page.request.get('/api/audit')).json()
    const texts = entries.map((entry) => JSON.stringify(entry)).filter((text) => text.includes(words))
    return texts.map((text) => /"end":"(\w+)"/.exec(text)?.[1])
  }
  await expect.poll(() => endsOf('e2e/promised/again/')).toEqual(['done'])
  await expect.poll(() => endsOf('hourly.jsonl')).toEqual(['stopped'])
})
