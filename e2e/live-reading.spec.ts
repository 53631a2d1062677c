import { connectClient } from './mqtt-client.ts'
import { expect, test } from './test.ts'
import { expectFigures, watch } from './watch-live.ts'

test('pause holds the view while messages are kept, step shows one more, resume says how many came', async ({
  page,
}) => {
  await using sender = await connectClient('e2e-pause')
  const live = await watch(page, 'e2e/pause/#')
  const say = (...words: string[]) =>
    Promise.all(words.map((word) => sender.client.publishAsync('e2e/pause/a', word, { qos: 1 })))
  await say('first')
  await expect(live.messagesOf('first')).toBeVisible()
  await live.button('Pause').click()
  await say('second', 'third', 'fourth')
  await expect(live.button('Resume (3 new)')).toBeVisible()
  await expect(live.counters).toContainText('received 4')
  await expect(live.messagesOf('second')).toHaveCount(0)

  await live.button('Step').click()
  await expect(live.messagesOf('second')).toBeVisible()
  await expect(live.messagesOf('third')).toHaveCount(0)
  await expect(live.button('Resume (2 new)')).toBeVisible()
  await page.keyboard.press('.')
  await expect(live.messagesOf('third')).toBeVisible()

  await live.button(/^Resume/).click()
  await expect(live.messagesOf('fourth')).toBeVisible()
  await expect(live.messagesOf(/^paused .*3 messages came meanwhile and are kept/)).toBeVisible()
  await expectFigures(live, { received: 4, kept: 4 })

  await live.button('Clear').click()
  await expect(live.counters).toContainText('received 0 = kept 0 + aged out 0')
  await expect(live.messages.getByRole('row')).toHaveCount(1)
  await say('fifth')
  await expect(live.messagesOf('fifth')).toBeVisible()
  await expectFigures(live, { received: 1, kept: 1 })
})

test('scrolling lets go of the end, and what is read stays in its place while more comes', async ({ page }) => {
  await using sender = await connectClient('e2e-follow')
  const live = await watch(page, 'e2e/follow/#')
  const say = async (from: number, to: number) => {
    for (let number = from; number <= to; number += 1) {
      await sender.client.publishAsync('e2e/follow/a', `message ${number}.`, { qos: 1 })
    }
  }
  await say(1, 60)
  await expect(live.messagesOf('message 60.')).toBeVisible()
  await live.messages.press('Home')
  await expect(live.messagesOf('message 1.')).toBeVisible()
  const before = await live.messagesOf('message 5.').boundingBox()
  await say(61, 90)
  await expect(live.button(/30 new/)).toBeVisible()
  expect(await live.messagesOf('message 5.').boundingBox()).toEqual(before)
  await live.messages.press('End')
  await expect(live.messagesOf('message 90.')).toBeVisible()
  await say(91, 91)
  await expect(live.messagesOf('message 91.')).toBeVisible()
})

test('a filter shows what it finds after messages were cleared, also where the end is not followed', async ({
  page,
}) => {
  await using sender = await connectClient('e2e-cleared')
  const live = await watch(page, 'e2e/cleared/#')
  const say = async (word: string, count: number) => {
    for (let n = 1; n <= count; n++) await sender.client.publishAsync('e2e/cleared/a', `${word} ${n}.`, { qos: 1 })
  }
  await say('before', 40)
  await expect(live.counters).toContainText('received 40')
  await live.button('Clear').click()
  await say('after', 50)
  await expect(live.counters).toContainText('received 50')
  await live.messages.press('Home')
  await expect(live.messagesOf('after 1.')).toBeVisible()
  await live.filter('"after 50."')
  await expect(live.counters).toContainText('shown 1 = kept − 49 filtered')
  await expect(live.messagesOf('after 50.')).toBeVisible()
})

test('the list by keyboard: look at one, go on to the next, pause', async ({ page }) => {
  await using sender = await connectClient('e2e-keys')
  const live = await watch(page, 'e2e/keys/#')
  for (const word of ['alpha', 'beta', 'gamma']) await sender.client.publishAsync('e2e/keys/a', word, { qos: 1 })
  await expect(live.counters).toContainText('received 3')
  await expect(live.messagesOf('gamma')).toBeVisible()
  await live.messages.focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(live.detail).toContainText('gamma')
  await page.keyboard.press('ArrowUp')
  await expect(live.detail).toContainText('beta')
  await page.keyboard.press('ArrowDown')
  await expect(live.detail).toContainText('gamma')
  await page.keyboard.press('Space')
  await expect(live.button(/^Resume/)).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('Pause or resume the stream')
})
