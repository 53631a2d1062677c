import { connectClient } from './mqtt-client.ts'
import { expect, test } from './test.ts'
import { expectInForce, watch } from './watch-live.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('text is data: zeros, byte order marks, Latin-1 and doubled keys are shown and copied as they were sent', async ({
  page,
}) => {
  await using sender = await connectClient('e2e-text')
  const live = await watch(page, 'e2e/text/#')
  const say = (name: string, payload: string | Buffer) =>
    sender.client.publishAsync(`e2e/text/${name}`, payload, { qos: 1 })
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await say('zero', '{"t":21.5}\u0000')
  await say('mark', '\ufeff{"t":21.5}')
  await say('latin', Buffer.from('{"t":21.5,"unit":"\u00b0C"}', 'latin1'))
  await say('twice', '{"t":21.5,"t":99}')
  await expect(live.counters).toContainText('received 4')

  await expect(live.messagesOf('e2e/text/zero')).toContainText('{"t":21.5}\\u0000')
  await expect(live.messagesOf('e2e/text/mark')).toContainText('\\uFEFF{"t":21.5}')
  await expect(live.messagesOf('e2e/text/latin')).toContainText('{"t":21.5,"unit":"\\xB0C"}')

  await live.open('e2e/text/zero')
  await expect(live.form('Tree')).toHaveAttribute('aria-selected', 'true')
  await expect(live.detail).toContainText('It ends with a zero byte')
  await live.form('Text').click()
  await live.detail.getByRole('button', { name: 'Copy bytes as hex' }).click()
  await expect.poll(copied).toBe(Buffer.from('{"t":21.5}\u0000').toString('hex'))

  await live.open('e2e/text/mark')
  await expect(live.detail).toContainText('e2e/text/mark') // until then it is the one before
  await live.detail.getByRole('button', { name: 'Copy as sent' }).click()
  await expect.poll(copied).toBe('\ufeff{"t":21.5}')

  await live.open('e2e/text/latin')
  await expect(live.form('Tree')).toHaveAttribute('title', /0xB0 begins no character at byte 18/)
  await expect(live.detail).toContainText(
    '1 byte is not UTF-8 text, 0xB0 at byte 18 of 22 B (“°” in ISO 8859-1, Latin-1)',
  )
  await expect(live.detail.getByRole('button', { name: 'Copy as sent' })).toHaveCount(0)

  await live.open('e2e/text/twice')
  await expect(live.detail).toContainText('e2e/text/twice')
  await live.form('Tree').click()
  await expect(live.detail).toContainText('More than once in one object: $.t')
  await expect(live.detail.getByRole('treeitem').filter({ hasText: 'the key comes again' })).toContainText('21.5')

  await live.filter('$.t > 20')
  await expect(live.counters).toContainText('shown 3 = kept − 1 filtered')
})

test('topics that look alike are told apart, and Hebrew and Arabic stay in their places', async ({ page }) => {
  await using sender = await connectClient('e2e-lookalikes')
  const live = await watch(page, 'e2e/alike/#')
  const topics = ['e2e/alike/pump', 'e2e/alike/pu\u200bmp', 'e2e/alike/\u202epmup', 'e2e/alike/a b']
  for (const topic of topics) await sender.client.publishAsync(topic, '{"מפתח":"قيمة"}', { qos: 1 })
  await expect(live.counters).toContainText('received 4')
  await expect(live.messagesOf('e2e/alike/pu\\u200Bmp')).toHaveCount(1)
  await expect(live.messagesOf('e2e/alike/\\u202Epmup')).toHaveCount(1)

  const payload = live.messagesOf('e2e/alike/a b').locator('[data-column="payload"]')
  const [key, value] = [payload.getByText('מפתח', { exact: true }), payload.getByText('قيمة', { exact: true })]
  const left = async (part: typeof key) => (await part.boundingBox())?.x ?? Number.NaN
  expect(await left(key)).toBeLessThan(await left(value))

  await live.filter('topic:"e2e/alike/a b"')
  await expect(live.counters).toContainText('shown 1')
  await live.filter('topic:"e2e/alike/a b')
  await expect(page.getByText('The quotation mark at the end is missing.')).toBeVisible()
  await live.filter('')
  await live.show('Tree')
  await page.keyboard.press('Escape')
  await expect(live.tree).toContainText('e2e')
})

const PROTO = `syntax = "proto3";
package acme;
message Telemetry { double flow = 1; sint32 wear = 2; string unit = 3; bool on = 4; }`

/** {flow: 4.2, wear: -3, unit: "bar", on: true} */
const TELEMETRY = Buffer.from('09cdcccccccccc10401005' + '1a03626172' + '2001', 'hex')

test('Protocol Buffers are read by the type that somebody gives, in the list, filters and charts', async ({ page }) => {
  await using sender = await connectClient('e2e-protobuf')
  const live = await watch(page, 'e2e/protobuf/#')
  await sender.client.publishAsync('e2e/protobuf/a', TELEMETRY, { qos: 1 })
  await live.open('e2e/protobuf/a')
  await live.form('Protobuf').click()
  await expect(live.detail.getByRole('treeitem').filter({ hasText: '3: ' })).toContainText('"bar"')
  await live.button('Give type').click()
  const dialog = page.getByRole('dialog', { name: 'Type of the payload' })
  await dialog.locator('input[type="file"]').setInputFiles({
    name: 'telemetry.proto',
    mimeType: 'text/plain',
    buffer: Buffer.from(PROTO),
  })
  await expect(dialog.getByRole('button', { name: /Message type/ })).toContainText('acme.Telemetry')
  await dialog.getByRole('textbox', { name: 'Topics' }).fill('e2e/protobuf/#')
  await dialog.getByRole('button', { name: 'Save type' }).click()

  await expect(live.detail).toContainText('As acme.Telemetry, given for e2e/protobuf/#.')
  await expect(live.messagesOf('e2e/protobuf/a')).toContainText('Protobuf{"flow":4.2,"wear":-3,"unit":"bar","on":true}')
  await live.filter('$.wear < 0 $.unit = bar')
  await expect(live.counters).toContainText('shown 1')
  await live.detail.getByRole('treeitem').filter({ hasText: 'flow: ' }).hover()
  await live.button('Chart $.flow').click()
  const figures = page
    .getByRole('region', { name: /^Chart 1:/ })
    .getByRole('row')
    .nth(1)
    .getByRole('cell')
  await expect(figures.first()).toHaveText('4.2')

  // It is kept in the browser.
  await page.reload()
  await live.show('List')
  await live.filter('')
  await expectInForce(live, 'e2e/protobuf/#')
  await sender.client.publishAsync('e2e/protobuf/a', TELEMETRY, { qos: 1 })
  await expect(live.messagesOf('e2e/protobuf/a').first()).toContainText('"unit":"bar"')
})

test('Sparkplug B is known by its topics, and aliases by their births; a truth value is drawn as 1 and 0', async ({
  page,
}) => {
  await using sender = await connectClient('e2e-sparkplug')
  const live = await watch(page, 'spBv1.0/e2e/#')
  // {timestamp: 1795902654000, metrics: [{name: "Temp", datatype: Int32, int_value: -5}, {name: "On", datatype: Boolean, boolean_value: true}], seq: 7}
  const temp = Buffer.from('0a0454656d70200350fbffffff0f', 'hex') // its value as the two's complement of 32 bits
  const on = Buffer.from('0a024f6e200b7001', 'hex')
  const payload = Buffer.concat([
    Buffer.from('08b0bfd7f3a234', 'hex'),
    Buffer.from([0x12, temp.length]),
    temp,
    Buffer.from([0x12, on.length]),
    on,
    Buffer.from('1807', 'hex'),
  ])
  await sender.client.publishAsync('spBv1.0/e2e/DDATA/edge/pump', payload, { qos: 1 })
  await expect(live.messagesOf('DDATA')).toContainText('"Temp":{"value":-5,"datatype":"Int32"}')
  await live.open('DDATA')
  await expect(live.form('Sparkplug B')).toHaveAttribute('aria-selected', 'true')
  await live.filter('$.metrics.Temp.value = -5 $.seq = 7')
  await expect(live.counters).toContainText('shown 1')
  await live.detail.getByRole('treeitem').filter({ hasText: 'value: true' }).hover()
  await live.button('Chart $.metrics.On.value').click()
  await expect(page.getByRole('region', { name: /^Chart 1:/ })).toContainText('1 is true, 0 is false')

  // {metrics: [{name: "Level", alias: 9, datatype: Int32}]}, then {metrics: [{alias: 9, int_value: -5}]}
  await sender.client.publishAsync('spBv1.0/e2e/DBIRTH/edge/pump', Buffer.from('120b0a054c6576656c10092003', 'hex'))
  await sender.client.publishAsync('spBv1.0/e2e/DDATA/edge/pump', Buffer.from('1208100950fbffffff0f', 'hex'))
  await live.show('List')
  await live.filter('$.metrics.Level.value = -5')
  await expect(live.counters).toContainText('shown 1')
  await expect(live.messagesOf('DDATA')).toContainText('"Level":{"value":-5,"alias":9}')
  await live.open('DDATA')
  await expect(live.detail.getByRole('treeitem').filter({ hasText: 'Level' }).first()).toBeVisible()
})
