import { connectClient } from './mqtt-client.ts'
import { expect, test } from './test.ts'
import { watch } from './watch-live.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('JSON as a tree that opens, closes and gives its paths; digits beyond 2^53; the difference to the one before', async ({
  page,
}) => {
  await using sender = await connectClient('e2e-detail')
  const live = await watch(page, 'e2e/detail/#')
  const say = (payload: string) => sender.client.publishAsync('e2e/detail/a', payload, { qos: 1 })
  await say('{"id":12345678901234567890,"pump":{"flow":4.20,"odd key":[1,2]}}')
  await say('{"id":12345678901234567891,"pump":{"flow":4.20,"odd key":[1,3]}}')
  await expect(live.counters).toContainText('received 2')
  await live.open('567891')

  const tree = live.detail.getByRole('tree', { name: 'Payload' })
  const row = (text: string) => tree.getByRole('treeitem').filter({ hasText: text })
  await expect(row('id: ')).toContainText('12345678901234567891')
  await expect(row('flow: ')).toContainText('4.20')
  await row('1: 3').hover()
  // It says so for two seconds: the page itself looks at each of its frames.
  const told = page.waitForFunction(() =>
    Array.from(document.querySelectorAll('[role="status"]')).some(({ textContent }) => textContent === 'Copied path'),
  )
  await tree.getByRole('button', { name: 'Copy path $.pump["odd key"][1]' }).click()
  await told
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('$.pump["odd key"][1]')
  await tree.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  await expect(row('flow: ')).toHaveCount(0)
  await expect(tree).toContainText('12345678901234567891')
  await page.keyboard.press('ArrowRight')
  await expect(row('flow: ')).toHaveCount(1)

  await live.form('Diff to previous').click()
  await expect(live.detail).toContainText('12345678901234567890')
  await expect(live.detail).toContainText('12345678901234567891')
  await live.form('Text').click()
  await expect(live.detail).toContainText('"flow": 4.20')
  await live.detail.getByRole('button', { name: 'Copy as sent' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe('{"id":12345678901234567891,"pump":{"flow":4.20,"odd key":[1,3]}}')
})

test('bytes stay what they are: hex, base64, CBOR and MessagePack', async ({ page }) => {
  await using sender = await connectClient('e2e-binary')
  const live = await watch(page, 'e2e/binary/#')
  const say = (name: string, hex: string) =>
    sender.client.publishAsync(`e2e/binary/${name}`, Buffer.from(hex, 'hex'), { qos: 1 })
  const every = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join('')
  await say('bytes', every)
  await say('one', 'a2626964 1bffffffffffffffff 64666c6f77 fb4010cccccccccccd'.replaceAll(' ', '')) // {id: 2^64-1, flow: 4.2}
  await say('two', '82a26964cfffffffffffffffffa4666c6f77cb4010cccccccccccd') // the same as MessagePack
  await expect(live.counters).toContainText('received 3')

  const decoded = '{"id":18446744073709551615,"flow":4.2}'
  await expect(live.messagesOf('e2e/binary/one')).toContainText(`CBOR${decoded}`)
  await expect(live.messagesOf('e2e/binary/two')).toContainText(`MessagePack${decoded}`)

  await live.open('e2e/binary/bytes')
  await expect(live.form('Hex')).toHaveAttribute('aria-selected', 'true')
  await live.detail.getByRole('button', { name: 'Copy bytes' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(every)
  await live.form('Base64').click()
  const base64 = Buffer.from(every, 'hex').toString('base64')
  await expect.poll(async () => (await live.detail.locator('pre').textContent())?.replaceAll('\n', '')).toBe(base64)
  await live.form('Text').click()
  await expect(live.detail).toContainText('not UTF-8 text')

  for (const [topic, form] of [
    ['e2e/binary/one', 'CBOR'],
    ['e2e/binary/two', 'MessagePack'],
  ] as const) {
    await live.form('Hex').click()
    await live.open(topic)
    await live.form(form).click()
    await expect(live.detail.getByRole('treeitem').filter({ hasText: 'id: ' })).toContainText('18446744073709551615')
    await expect(live.detail.getByRole('treeitem').filter({ hasText: 'flow: ' })).toContainText('4.2')
  }

  // Paths lead into both, digit for digit, and their numbers can be charted.
  await live.filter('$.id = 18446744073709551614')
  await expect(live.counters).toContainText('shown 0')
  await live.filter('$.id = 18446744073709551615 $.flow > 4')
  await expect(live.counters).toContainText('shown 2 = kept − 1 filtered')
  await live.detail.getByRole('treeitem').filter({ hasText: 'flow: ' }).last().hover()
  await live.button('Chart $.flow').click()
  const figures = page
    .getByRole('region', { name: /^Chart 1:/ })
    .getByRole('row')
    .nth(1)
    .getByRole('cell')
  await expect(figures).toContainText(['4.2', '4.2', '4.2', '4.2', '1', ''])
})

test('MQTT 5 properties, user properties in the order in which they were sent', async ({ page }) => {
  await using sender = await connectClient('e2e-properties')
  const live = await watch(page, 'e2e/properties/#')
  await sender.client.publishAsync('e2e/properties/a', '{"on":true}', {
    qos: 1,
    properties: {
      contentType: 'application/json',
      responseTopic: 'e2e/answers',
      correlationData: Buffer.from([0, 1, 0xff]),
      payloadFormatIndicator: true,
      messageExpiryInterval: 600,
      userProperties: { site: ['hall-2', 'hall-3'], 'trace-id': 'abc' },
    },
  })
  await live.open('e2e/properties/a')
  await live.form('Properties').click()
  const properties = live.detail.getByRole('region', { name: 'Properties' })
  for (const words of [
    /Content Type\s*application\/json/,
    /Response Topic\s*e2e\/answers/,
    /Correlation Data.*0001ff/,
    /Payload Format Indicator\s*UTF-8 text/,
    /Message Expiry Interval\s*(?:600|599) s/,
    /User Property site\s*hall-2.*User Property site\s*hall-3.*User Property trace-id\s*abc/s,
  ]) {
    await expect(properties).toContainText(words)
  }
})
