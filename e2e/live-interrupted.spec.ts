import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import type { BrowserContext, Page } from '@playwright/test'
import { connectClient, type TestClient } from './mqtt-client.ts'
import { LivePage } from './pages/live-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'
import { expectInForce, watch } from './watch-live.ts'

const offerOf = (page: Page) => page.getByRole('list', { name: 'Interrupted recordings' }).getByRole('listitem')

/** Records so many messages on a topic, each of which is in the browser's storage when this resolves. */
async function record(page: Page, { client }: TestClient, topic: string, count: number): Promise<LivePage> {
  return await recordIn(await watch(page, `${topic}/#`), client, topic, count)
}

async function recordIn(live: LivePage, client: TestClient['client'], topic: string, count: number): Promise<LivePage> {
  await live.button('Record').click()
  await expect(live.button(/^Stop recording/)).toBeVisible()
  for (let n = 1; n <= count; n++) await client.publishAsync(`${topic}/a`, JSON.stringify({ n }), { qos: 1 })
  await expect(live.button(`Stop recording ${count}`)).toBeVisible()
  await stored(live.page, `"payload":"${Buffer.from(JSON.stringify({ n: count })).toString('base64')}"`)
  return live
}

/** Until the browser's storage holds this text. */
async function stored(page: Page, text: string): Promise<void> {
  const tails = async () => {
    const texts: string[] = []
    const collect = async (directory: FileSystemDirectoryHandle): Promise<void> => {
      for await (const handle of directory.values()) {
        if (handle instanceof FileSystemDirectoryHandle) await collect(handle)
        else if (handle instanceof FileSystemFileHandle && handle.name.endsWith('.tail'))
          texts.push(await (await handle.getFile()).text())
      }
    }
    await collect(await navigator.storage.getDirectory())
    return texts.join('\n')
  }
  await expect.poll(() => page.evaluate(tails)).toContain(text)
}

/** Comes back in another page of the same browser, as after a crash. */
async function comeBack(context: BrowserContext): Promise<LivePage> {
  const live = new LivePage(await context.newPage())
  await live.page.goto(`${stack.console}/live`)
  await expect(live.topicFilter).toBeVisible()
  return live
}

async function saved(page: Page): Promise<readonly { topic?: string; payload?: string; end?: object }[]> {
  const [file] = await Promise.all([page.waitForEvent('download'), offerOf(page).getByText('Save as file').click()])
  const text = gunzipSync(await readFile(await file.path())).toString()
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('a recording outlives the crash of its tab: it is offered, opened, saved and discarded', async ({ context }) => {
  await using sender = await connectClient('e2e-crash')
  const crashing = await context.newPage()
  await record(crashing, sender, 'e2e/crash', 25)
  const crashed = crashing.waitForEvent('crash')
  await crashing.goto('chrome://crash').catch(() => {}) // it never arrives: the renderer dies
  await crashed

  const live = await comeBack(context)
  const { page } = live
  await expect(offerOf(page)).toHaveCount(1)
  await expect(offerOf(page)).toContainText('25 messages from ')
  const lines = await saved(page)
  expect(lines.filter(({ topic }) => topic === 'e2e/crash/a').map(({ payload }) => atob(payload ?? ''))).toEqual(
    Array.from({ length: 25 }, (_, index) => JSON.stringify({ n: index + 1 })),
  )
  expect(lines.some(({ end }) => end !== undefined)).toBe(false) // nobody ended it

  await offerOf(page).getByText('Open', { exact: true }).click()
  await expect(live.heading('Recorded messages')).toBeVisible()
  await expect(live.counters).toContainText('received 25 = kept 25 + aged out 0')
  await expect(page.getByText('It breaks off')).toBeVisible()
  await live.button('Close recording').click()

  await offerOf(page).getByText('Discard', { exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard', exact: true }).click()
  await expect(offerOf(page)).toHaveCount(0)
  await page.reload()
  await expect(live.topicFilter).toBeVisible()
  await expect(offerOf(page)).toHaveCount(0)
})

test('a recording outlives a reload and signing out; the next person is not shown it', async ({ page }) => {
  await using sender = await connectClient('e2e-signed-out')
  const live = new LivePage(page)
  await live.signIn('Ada', '/live') // a session of this test's own: it is ended
  await live.subscribe('e2e/signed-out/#')
  await expectInForce(live, 'e2e/signed-out/#')
  await recordIn(live, sender.client, 'e2e/signed-out', 4)
  page.on('dialog', (question) => question.accept())
  await page.reload()
  await expect(offerOf(page)).toContainText('4 messages from ')
  await offerOf(page).getByText('Discard', { exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard', exact: true }).click()
  await expect(offerOf(page)).toHaveCount(0)

  await live.button('Record').click()
  await expect(live.button(/^Stop recording/)).toBeVisible()
  await expectInForce(live, 'e2e/signed-out/#') // anew, by the page that was loaded again
  await sender.client.publishAsync('e2e/signed-out/a', 'the very last', { qos: 1 })
  await expect(live.button('Stop recording 1')).toBeVisible()
  await live.signOut() // at once: what the recording holds back is handed on first
  await expect(live.signInButton).toBeVisible()
  await live.signIn('Grace', '/live')
  await expect(live.topicFilter).toBeVisible()
  await expect(offerOf(page)).toHaveCount(0)
  await live.signOut()
  await expect(live.signInButton).toBeVisible()
  await live.signIn('Ada', '/live')
  await expect(offerOf(page)).toContainText('1 message from ')
  expect((await saved(page)).at(-1)?.payload).toBe(btoa('the very last'))
})

test('what another tab records is not taken for interrupted, and two tabs record side by side', async ({
  page,
  context,
}) => {
  await using sender = await connectClient('e2e-two-tabs')
  const first = await record(page, sender, 'e2e/two-tabs', 2)
  const other = await context.newPage()
  const second = await record(other, sender, 'e2e/two-tabs', 3)
  await expect(offerOf(other)).toHaveCount(0)
  for (const [live, count] of [
    [first, 5],
    [second, 3],
  ] as const) {
    const [file] = await Promise.all([
      live.page.waitForEvent('download'),
      live.button(`Stop recording ${count}`).click(),
    ])
    const text = gunzipSync(await readFile(await file.path())).toString()
    expect(JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ end: { messages: count } })
  }
  await other.close()
  await page.reload()
  await expect(first.topicFilter).toBeVisible()
  await expect(offerOf(page)).toHaveCount(0) // they were ended
})

test('on a full disk a recording goes on in memory, says so, and is whole when it is stopped', async ({
  playwright,
  launchOptions,
}, testInfo) => {
  await using sender = await connectClient('e2e-full')
  // A profile on the disk: what has none keeps files in memory, of which no room is measured.
  await using context = await playwright.chromium.launchPersistentContext(testInfo.outputPath('profile'), launchOptions)
  const page = await context.newPage()
  const live = await record(page, sender, 'e2e/full', 2)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: stack.console, quotaSize: 1 })
  const large = 'x'.repeat(100_000)
  for (let n = 3; n <= 20; n++) await sender.client.publishAsync('e2e/full/a', `${n} ${large}`, { qos: 1 })
  await expect(live.flashes).toContainText('kept in this tab alone')
  await expect(live.flashes).toContainText('there is no room left')
  await sender.client.publishAsync('e2e/full/a', 'after', { qos: 1 })
  const [file] = await Promise.all([page.waitForEvent('download'), live.button(/^Stop recording 21/).click()])
  const lines = gunzipSync(await readFile(await file.path()))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.filter(({ topic }) => topic !== undefined)).toHaveLength(21)
  expect(lines.at(-2)).toMatchObject({ payload: btoa('after') })
  expect(lines.at(-1)).toMatchObject({ end: { messages: 21 } })
})
