import { connectClient } from './mqtt-client.ts'
import { expect, test } from './test.ts'
import { expectSums, watch } from './watch-live.ts'

// One worker takes them both, so that one console without limits is started.
test.describe.configure({ mode: 'default' })

test('more than memory holds: received = kept + aged out, the hole is marked, and the page stays usable', async ({
  page,
  unlimited,
}) => {
  await using sender = await connectClient('e2e-flood', unlimited.server.http)
  const live = await watch(page, 'e2e/flood/#', 'Ada', unlimited.console)
  await live.keepAtMost('64 MB')

  const messages = 24_000
  const filling = 'x'.repeat(4_000) // 96 MB in all
  for (let number = 1; number <= messages; number += 1) {
    const isLast = number === messages
    const payload = JSON.stringify({ number, filling })
    const sent = sender.client.publishAsync(`e2e/flood/${number % 50}`, payload, { qos: isLast ? 1 : 0 })
    // Waiting now and then keeps them from piling up in this process.
    if (number % 500 === 0) await sent
    if (number === messages / 2) {
      // The newest, which stays where it is: as the end is followed, the first that is drawn is out of sight.
      await live.messagesOf('"number"').last().click()
      await expect(live.detail).toContainText('filling')
    }
  }
  await expect(live.counters).toContainText('received 24,000')
  const { kept = 0, 'aged out': agedOut = 0 } = await expectSums(live)
  expect(agedOut).toBeGreaterThan(0)
  expect(kept * filling.length).toBeGreaterThan(50 * 1_024 * 1_024)
  expect(kept * filling.length).toBeLessThan(64 * 1_024 * 1_024)

  // The newest is there, and the oldest row says what is not.
  await live.messages.press('End')
  await expect(live.messagesOf(`"number":${messages},`)).toBeVisible()
  await live.messages.press('Home')
  await expect(live.messagesOf(/^ring full \d\d:\d\d:\d\d/)).toBeVisible()
  await expect(live.messagesOf(/^ring full/)).toContainText(`${agedOut} messages aged out`)
  await expect(live.messagesOf(`"number":${agedOut + 1},`)).toBeVisible()

  // A search finds exactly what is kept, and can be told to stop.
  await live.filter(`$.number > ${messages - 100}`)
  await expect(live.counters).toContainText('shown 100')
  await expectSums(live)
  // Sixteen times over all the bytes: long enough to look at.
  const letters = [...'abcdefghijklmnop']
  await live.filter(letters.map((letter) => `-/x${letter}+z/`).join(' '))
  await expect(page.getByText(/Searching: \d+% of [\d,]+ rows/)).toBeVisible()
  await live.button('Stop searching').click()
  await expect(page.getByText(/Search stopped after \d+% of [\d,]+ rows/)).toBeVisible()
  const { shown = 0 } = await expectSums(live)
  expect(shown).toBeGreaterThan(0)
  expect(shown).toBeLessThan(kept)
})

test('a search over many messages has the same answer each time', async ({ page, unlimited }) => {
  await using sender = await connectClient('e2e-many', unlimited.server.http)
  const live = await watch(page, 'e2e/many/#', 'Ada', unlimited.console)
  const messages = 60_000
  for (let number = 1; number <= messages; number += 1) {
    const payload = JSON.stringify({ number, words: 'a b c d e f g h i j k l m n o p q r s t u v w x y z'.repeat(4) })
    const sent = sender.client.publishAsync(`e2e/many/${number % 100}`, payload, { qos: 0 })
    if (number % 1_000 === 0) await sent
  }
  await expect(live.counters).toContainText(/received 60,000/, { timeout: 30_000 })

  // Searched through, the same question has the same answer each time.
  for (const _ of ['once', 'again']) {
    await live.filter('')
    await expect(live.counters).not.toContainText('shown') // else nothing is asked anew
    await live.filter('$.number > 59990')
    await expect(live.counters).toContainText('shown 10 = kept − 59,990 filtered', { timeout: 30_000 })
    await expect(live.messagesOf('"number":60000,')).toBeVisible()
    await expect(live.messagesOf('"number":59990,')).toHaveCount(0)
  }
})
