import type { Locator } from '@playwright/test'
import { connectClient, type TestClient } from './mqtt-client.ts'
import type { LivePage } from './pages/live-page.ts'
import { expect, test } from './test.ts'
import { watch } from './watch-live.ts'

/** Messages `message 1.` to `message COUNT.`; every tenth says `tenth`. */
async function say({ client }: TestClient, topic: string, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n++) {
    await client.publishAsync(`${topic}/a`, `message ${n}.${n % 10 === 0 ? ' tenth' : ''}`, { qos: 1 })
  }
}

/** Of 200 messages: lets go of the end, and scrolls so that the message is in the middle of the list somewhere. */
async function readAt(live: LivePage, text: string): Promise<void> {
  await expect(async () => {
    // From the beginning, as one does at first, and again where a page was drawn so late that the next one is past it.
    if (await live.messagesOf('message 200.').isVisible()) await live.messages.press('Home')
    await live.messages.press('PageDown')
    await expect(live.messagesOf(text)).toBeInViewport({ timeout: 300 })
  }).toPass()
}

const topOf = async (row: Locator) => Math.round((await row.boundingBox())?.y ?? Number.NaN)
const follow = (live: LivePage) => live.button('Follow')

test('a filter that is typed and cleared leaves Follow on, and the newest in view', async ({ page, unlimited }) => {
  await using sender = await connectClient('e2e-place-follow', unlimited.server.http)
  const live = await watch(page, 'e2e/place-follow/#', 'Ada', unlimited.console)
  await say(sender, 'e2e/place-follow', 1, 120)
  await expect(live.messagesOf('message 120.')).toBeVisible()
  for (const text of ['tenth', 'message 7.', 'nothing at all', '$.x >']) {
    await live.filterField.pressSequentially(text)
    await expect(
      page
        .getByText(/^(shown|.*shown )/)
        .or(page.getByRole('alert'))
        .first(),
    ).toBeVisible()
    await live.filter('')
    await expect(live.messagesOf('message 120.')).toBeInViewport()
    await expect(follow(live)).toHaveAttribute('aria-pressed', 'true')
  }
  await live.open('message 119.')
  await live.button('Close message').click()
  await say(sender, 'e2e/place-follow', 121, 121)
  await expect(live.messagesOf('message 121.')).toBeInViewport()
  await expect(follow(live)).toHaveAttribute('aria-pressed', 'true')
})

test('a filter that is typed and cleared leaves what is read in its place, while more comes', async ({
  page,
  unlimited,
}) => {
  await using sender = await connectClient('e2e-place-filter', unlimited.server.http)
  const live = await watch(page, 'e2e/place-filter/#', 'Ada', unlimited.console)
  await say(sender, 'e2e/place-filter', 1, 200)
  await expect(live.counters).toContainText('received 200')
  await readAt(live, 'message 95.')
  const before = await topOf(live.messagesOf('message 95.'))
  for (const [text, found] of [
    ['tenth', 'message 100. tenth'],
    ['message 7.', 'message 7.'],
    ['nothing at all', undefined],
  ] as const) {
    await live.filter(text)
    if (found) await expect(live.messagesOf(found)).toBeInViewport()
    else await expect(live.messages.getByRole('row')).toHaveCount(1)
    await say(sender, 'e2e/place-filter', 201, 203)
    await live.filter('')
    await expect(live.messagesOf('message 95.')).toBeInViewport()
    await expect.poll(() => topOf(live.messagesOf('message 95.'))).toBe(before)
    await expect(follow(live)).toHaveAttribute('aria-pressed', 'false')
  }
})

test('the tree, the charts and another page leave what is read in its place', async ({ page, unlimited }) => {
  await using sender = await connectClient('e2e-place-views', unlimited.server.http)
  const live = await watch(page, 'e2e/place-views/#', 'Ada', unlimited.console)
  await say(sender, 'e2e/place-views', 1, 200)
  await expect(live.counters).toContainText('received 200')
  await readAt(live, 'message 95.')
  const before = await topOf(live.messagesOf('message 95.'))
  const ways = [
    [() => live.show('Tree'), () => live.show('List')],
    [() => live.show('Charts'), () => live.show('List')],
    [() => live.goTo('Things'), () => live.goTo('Live messages')],
  ] as const
  for (const [leave, comeBack] of ways) {
    await leave()
    await expect(live.messages).toHaveCount(0)
    await say(sender, 'e2e/place-views', 201, 203)
    await comeBack()
    await expect(live.messagesOf('message 95.')).toBeInViewport()
    await expect.poll(() => topOf(live.messagesOf('message 95.'))).toBe(before)
    await expect(follow(live)).toHaveAttribute('aria-pressed', 'false')
  }
})

test('a message that is opened while the end is followed stays in view, and Follow goes on when it is closed', async ({
  page,
  unlimited,
}) => {
  await using sender = await connectClient('e2e-place-open', unlimited.server.http)
  const live = await watch(page, 'e2e/place-open/#', 'Ada', unlimited.console)
  await say(sender, 'e2e/place-open', 1, 100)
  await live.open('message 100.')
  await expect(live.detail).toContainText('message 100.')
  await say(sender, 'e2e/place-open', 101, 160)
  await expect(live.counters).toContainText('received 160')
  await expect(live.messagesOf('message 100.')).toBeInViewport()
  await expect(live.button(/new \(follow is off\)/)).toHaveText('▼ 60 new (follow is off)')
  await live.button('Close message').click()
  await expect(live.messagesOf('message 160.')).toBeInViewport()
  await expect(follow(live)).toHaveAttribute('aria-pressed', 'true')
})
