import { connectClient } from './mqtt-client.ts'
import { LivePage } from './pages/live-page.ts'
import { expect, test } from './test.ts'
import { expectSums, watch } from './watch-live.ts'

test('text, regular expression, topic, JSON path and time each find what they say, and together what all say', async ({
  page,
}) => {
  await using sender = await connectClient('e2e-filter')
  const live = await watch(page, 'e2e/filter/#')
  const say = (topic: string, payload: string | Buffer) =>
    sender.client.publishAsync(`e2e/filter/${topic}`, payload, { qos: 1 })
  await say('pump-1/flow', '{"flow":4.2,"unit":"l/s","tags":["a","b"]}')
  await say('pump-1/alarm', '{"flow":0,"alarm":"dry running","code":9007199254740993}')
  await say('pump-2/flow', '{"flow":12,"unit":"l/s"}')
  await say('pump-2/log', 'Started, flow: 12')
  await say('pump-2/bytes', Buffer.from([0xff, 0x00, 0x41]))
  await expect(live.counters).toContainText('received 5')

  for (const [filter, shown] of [
    ['FLOW', 4], // in the topic or in the payload, upper case or lower
    ['dry running', 1],
    ['"dry running"', 1],
    ['/flow:? ?"?:?\\s*1\\d/', 2],
    ['topic:e2e/filter/+/flow', 2],
    ['topic:e2e/filter/pump-2/#', 3],
    ['$.flow > 4', 2],
    ['$.flow >= 4.2 $.flow < 12', 1],
    ['$.unit = "l/s"', 2],
    ['$.tags[*] = "b"', 1],
    ['$.alarm', 1],
    ['$.code = 9007199254740993', 1],
    ['$.code = 9007199254740992', 0],
    ['-topic:e2e/filter/pump-1/#', 3],
    ['last:5m', 5],
    ['time:00:00..00:00:00', 0],
    ['topic:e2e/filter/pump-2/# flow $.flow > 4 last:1h', 1],
  ] as const) {
    await live.filter(filter)
    await expect(live.counters, filter).toContainText(`shown ${shown} = kept − ${5 - shown} filtered`)
    await expect(live.messages.getByRole('row'), filter).toHaveCount(shown + 1) // the headings are a row too
  }
  await expectSums(live)

  // What is wrong is said in words, and what stood there before is not taken for an answer.
  await live.filter('/(open/')
  await expect(page.getByText(/^This group is not closed/)).toBeVisible()
  await live.filter('$.flow >')
  await expect(page.getByText(/^Expected a value after >/)).toBeVisible()
  await live.filter('topic:a/#/b')
  await expect(live.filterField).toHaveAttribute('aria-invalid', 'true')
})

test('what comes later is held against the filter too, and the address opens the same view again', async ({
  page,
  context,
}) => {
  await using sender = await connectClient('e2e-link')
  const live = await watch(page, ['e2e/link/#', 'e2e/other/+'])
  await live.filter('$.level > 5 -quiet')
  await live.button('Mute e2e/other/+: receive and count, but do not show').click()
  // The filter comes into the address when its field is left, and what the button does after that.
  await expect(page).toHaveURL(/[?&]q=/)
  await expect(page).toHaveURL(/[?&]s=0m:/)
  const address = page.url()

  const reopened = new LivePage(await context.newPage())
  await reopened.page.goto(address)
  await expect(reopened.filterField).toHaveValue('$.level > 5 -quiet')
  for (const each of [live, reopened]) await expect(each.subscription('e2e/other/+')).toContainText('muted')
  await expect(reopened.subscription('e2e/link/#')).toContainText('/s')

  await sender.client.publishAsync('e2e/link/a', '{"level":9}', { qos: 1 })
  await sender.client.publishAsync('e2e/link/a', '{"level":9,"mood":"quiet"}', { qos: 1 })
  await sender.client.publishAsync('e2e/other/a', '{"level":9,"muted":true}', { qos: 1 })
  for (const each of [live, reopened]) {
    await expect(each.counters).toContainText('received 3')
    await expect(each.counters).toContainText('shown 1 = kept − 2 filtered')
    await expect(each.messagesOf('{"level":9}')).toHaveCount(1)
  }
})
