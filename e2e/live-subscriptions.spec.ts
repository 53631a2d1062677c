import { connectClient } from './mqtt-client.ts'
import { LivePage } from './pages/live-page.ts'
import { expect, test } from './test.ts'
import { expectFigures, expectInForce, watch } from './watch-live.ts'

test('several filters, each with its mark, QoS and figures; muted and removed ones', async ({ page }) => {
  await using sender = await connectClient('e2e-several')
  const live = await watch(page, 'e2e/several/a/#')
  await live.chooseQos(1)
  await live.subscribe('e2e/several/b/#')
  await expectInForce(live, 'e2e/several/b/#')
  await expect(live.subscription('e2e/several/b/#')).toContainText('QoS 1')
  await expect(live.subscription('e2e/several/a/#')).toContainText('QoS 0')
  const colourOf = (filter: string) => live.subscription(filter).getAttribute('data-series')
  expect(await colourOf('e2e/several/a/#')).not.toBe(await colourOf('e2e/several/b/#'))

  const say = (topic: string, word: string) => sender.client.publishAsync(`e2e/several/${topic}`, word, { qos: 1 })
  await say('a/x', 'from-a')
  await say('b/x', 'from-b')
  // The number of the subscription stands at the row, so that the colour is not the only sign.
  await expect(live.messagesOf('from-a').getByRole('gridcell').first()).toHaveText('1')
  await expect(live.messagesOf('from-b').getByRole('gridcell').first()).toHaveText('2')
  await expect(live.messagesOf('from-b').locator('[data-column=qos]')).toHaveText('1')

  await live.button('Mute e2e/several/a/#: receive and count, but do not show').click()
  await say('a/x', 'from-a-again')
  await expect(live.counters).toContainText('received 3')
  await expect(live.counters).toContainText('shown 1 = kept − 2 filtered')
  await expect(live.messagesOf('from-a')).toHaveCount(0)
  await live.button('Show messages of e2e/several/a/# again').click()
  await expect(live.messagesOf('from-a')).toHaveCount(2)

  await live.button('Unsubscribe from e2e/several/a/#').click()
  await expect(live.subscription('e2e/several/a/#')).toHaveCount(0)
  await say('a/x', 'nobody-hears')
  await say('b/x', 'the-last')
  await expect(live.messagesOf('the-last')).toBeVisible()
  await expect(live.messagesOf('nobody-hears')).toHaveCount(0)
  await expectFigures(live, { received: 4 })
})

test('what is no filter is refused in words as one types; # says what it leaves out and offers it', async ({
  page,
}) => {
  const live = await watch(page, [])
  const advice = page.getByRole('status')
  for (const [filter, words] of [
    ['a/#/b', /#/],
    ['a+/b', /\+/],
    ['a/b/c/d/e/f/g/h/i', /slash|level/i],
    ['x'.repeat(257), /256/],
    ['$aws/rules/alarms/dt/pump-7', /sends nothing to clients/],
  ] as const) {
    await live.topicFilter.fill(filter)
    await expect(advice.filter({ hasText: words }).first(), filter).toBeVisible()
    await expect(live.subscribeButton, filter).toBeDisabled()
  }
  await live.topicFilter.fill('#')
  await expect(advice.filter({ hasText: 'does not reach topics that begin with $' })).toBeVisible()
  await live.button('Subscribe to $aws/events/# too').click()
  await expectInForce(live, '$aws/events/#')
  await live.subscribeButton.click()
  await expect(live.subscription('#').first()).toContainText('/s')
})

test('topics that were seen are suggested, and sets are saved under a name', async ({ page }) => {
  await using sender = await connectClient('e2e-sets')
  const live = await watch(page, 'e2e/sets/#')
  await sender.client.publishAsync('e2e/sets/pump-7/flow', '1', { qos: 1 })
  await expect(live.counters).toContainText('received 1')
  await live.topicFilter.fill('pump-7')
  await page.getByRole('option', { name: 'e2e/sets/pump-7/flow' }).click()
  await expect(live.topicFilter).toHaveValue('e2e/sets/pump-7/flow')
  await live.topicFilter.fill('')

  await live.filter('flow')
  await expect(page).toHaveURL(/q=flow/)
  await live.choose('Saved', 'Save subscriptions and filter …')
  const dialog = page.getByRole('dialog', { name: 'Save subscriptions and filter' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('The pumps')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()

  await live.button('Unsubscribe from e2e/sets/#').click()
  await live.filter('')
  await page.reload()
  await live.choose('Saved', 'The pumps')
  await expectInForce(live, 'e2e/sets/#')
  await expect(live.filterField).toHaveValue('flow')
})

test('more filters than one connection holds are spread over two, which is said, costs and can be forbidden', async ({
  page,
}) => {
  await using sender = await connectClient('e2e-spread')
  const live = new LivePage(page)
  await live.enter('Ada', '/live')
  const filters = Array.from({ length: 60 }, (_, index) => `e2e/spread/${index}/+`)
  await page.goto(`/live?${filters.map((filter) => `s=0:${encodeURIComponent(filter)}`).join('&')}`)
  await expect(page.getByText('Spread over 2 connections')).toBeVisible()
  await expect(page.getByText(/60 topic filters are more than the 50 that one connection holds/)).toBeVisible()
  await live.button('What it costs').click()
  await expect(page.getByText(/2 connections are billed by the minute/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('waiting for the broker')).toHaveCount(0)
  for (const index of [0, 49, 50, 59]) await sender.client.publishAsync(`e2e/spread/${index}/a`, '1', { qos: 1 })
  await expect(live.counters).toContainText('received 4')

  await live.button('Preferences of the list').click()
  const dialog = page.getByRole('dialog', { name: 'Preferences' })
  await dialog.getByRole('button', { name: 'One only' }).click()
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(page.getByText(/No connection has room for e2e\/spread\/50/)).toBeVisible()
  await live.button('+52 more, 10 refused').click()
  await page.getByRole('searchbox', { name: 'Find a subscription' }).fill('spread/59')
  const more = page.getByRole('list', { name: 'More subscriptions' }).getByRole('listitem')
  await expect(more).toHaveText(/e2e\/spread\/59\/\+.*no connection has room for it/)
  await page.keyboard.press('Escape')
  await sender.client.publishAsync('e2e/spread/59/a', '2', { qos: 1 })
  await sender.client.publishAsync('e2e/spread/0/a', '2', { qos: 1 })
  await expect(live.counters).toContainText('received 5')
})

test('one filter with more than AWS passes on one connection: it is said, and a shared subscription brings them all', async ({
  page,
}) => {
  test.slow() // a limit per second shows after some seconds
  await using one = await connectClient('e2e-hot-1')
  await using two = await connectClient('e2e-hot-2')
  const live = await watch(page, 'e2e/hot/#')
  let sent = 0
  const startedMs = performance.now()
  // 160 a second, by the clock: on a busy machine a timer comes late, and what is due then goes with it.
  const timer = setInterval(() => {
    while (sent < (performance.now() - startedMs) * 0.16) {
      for (const { client } of [one, two]) for (let n = 0; n < 4; n++) client.publish(`e2e/hot/${n}`, String(++sent))
    }
  }, 50)
  try {
    const spread = live.button('Spread over 2 connections')
    await expect(
      page.getByText(/e2e\/hot\/# alone brings 100 messages a second, so 2 connections would share it/),
    ).toBeVisible({
      timeout: 40_000,
    })
    await live.button('What it costs').click()
    await expect(page.getByText(/A shared subscription brings no retained messages/)).toBeVisible()
    await page.keyboard.press('Escape')
    await spread.click()
    await expect(page.getByText(/^Spread over 2 connections/)).toBeVisible()
    // More than one connection brings; a busy machine is late with some of the 160.
    await expect(live.subscription('e2e/hot/#')).toContainText(/1[2-7]\d\/s/)
  } finally {
    clearInterval(timer)
  }
  await expect(live.subscription('e2e/hot/#')).toContainText(/QoS 00\/s/)

  await live.filter('topic:no/such/topic') // gaps pass every filter
  await expect(live.messagesOf(/at the broker’s limit .*stood at 100 messages a second/).first()).toBeVisible()
  await live.filter('')

  // Spread, nothing is lost and nothing comes twice.
  await live.button('Clear').click()
  await live.button('Clear everything').click()
  await expect(live.counters).toContainText('received 0')
  await Promise.all(
    [one, two].flatMap(({ client }) =>
      Array.from({ length: 70 }, (_, index) => client.publishAsync('e2e/hot/a', `count ${index}.`, { qos: 1 })),
    ),
  )
  await expect(live.counters).toContainText('received 140')
  await live.filter('"count 69."') // one of the two senders may be done long before the other
  await expect(live.messagesOf('count 69.')).toHaveCount(2)
})
