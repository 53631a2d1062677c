import { readFile } from 'node:fs/promises'
import type { Download } from '@playwright/test'
import { connectClient } from './mqtt-client.ts'
import { expect, test } from './test.ts'
import { watch } from './watch-live.ts'

const bytesOf = async (download: Download) => await readFile(await download.path())

test('numbers are pinned to a board, with their figures; zoom; what is exported is what was received', async ({
  page,
}) => {
  await using sender = await connectClient('e2e-charts')
  const live = await watch(page, 'e2e/charts/#')
  const say = (pump: string, payload: string) => sender.client.publishAsync(`e2e/charts/${pump}`, payload, { qos: 1 })
  await say('pump-1', '{"flow":1.5,"level":10}')
  await expect(live.counters).toContainText('received 1')
  await live.open('e2e/charts/pump-1')
  await live.detail.getByRole('treeitem').filter({ hasText: 'flow: ' }).last().hover()
  await live.button('Chart $.flow').click()
  const first = page.getByRole('region', { name: /^Chart 1:/ })
  await expect(first).toContainText('e2e/charts/pump-1')

  await page
    .getByRole('combobox', { name: 'Topic to chart' })
    .or(page.getByRole('textbox', { name: 'Topic to chart' }))
    .fill('e2e/charts/pump-1')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /Number in the message/ }).click()
  await page.getByRole('option', { name: '$.level' }).click()
  await live.button('Pin').click()
  const second = page.getByRole('region', { name: /^Chart 2:/ })
  await expect(second).toContainText('$.level')

  await say('pump-1', '{"flow":2.5,"level":30}')
  await say('pump-1', '{"flow":5,"level":20}')
  await say('pump-1', '{"flow":"none","level":20}')
  // Last, least, mean, most and how many.
  const figures = (chart: typeof first) => chart.getByRole('row').nth(1).getByRole('cell')
  await expect(figures(first)).toContainText(['5', '1.5', '3', '5', '3', ''])
  await expect(figures(second)).toContainText(['20', '10', '20', '30', '4', ''])
  await expect(first).toContainText('no number there in 1 messages')
  await expect(page).toHaveURL(/pin=/)

  await live.button('Zoom in').click()
  await expect(live.button('Back to live')).toBeVisible()
  await live.button('Back to live').click()

  const [csv] = await Promise.all([page.waitForEvent('download'), live.button('CSV').click()])
  expect(csv.suggestedFilename()).toMatch(/^charts-\d{4}-.*Z\.csv$/)
  const lines = (await bytesOf(csv)).toString().trimEnd().split('\r\n')
  expect(lines[0]).toBe('time,topic,path,value')
  const values = lines.slice(1).map((line) => line.split(',').slice(1).join(','))
  expect(values.toSorted()).toEqual(
    [
      ...[1.5, 2.5, 5].map((value) => `e2e/charts/pump-1,$.flow,${value}`),
      ...[10, 20, 20, 30].map((value) => `e2e/charts/pump-1,$.level,${value}`),
    ].toSorted(),
  )
  const times = lines.slice(1).map((line) => Date.parse(line.split(',')[0] ?? ''))
  expect(times).toEqual(times.toSorted())

  const [png] = await Promise.all([page.waitForEvent('download'), live.button('Chart 1 as PNG').click()])
  expect(png.suggestedFilename()).toMatch(/^chart-1-.*\.png$/)
  const image = await bytesOf(png)
  expect(image.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'))
  expect(image.readUInt32BE(16)).toBeGreaterThan(200) // width and height stand in IHDR
  expect(image.readUInt32BE(20)).toBeGreaterThan(100)

  await live.button('Unpin $.level of e2e/charts/pump-1').click()
  await expect(second).toHaveCount(0)
  await page.reload()
  await expect(first).toContainText('e2e/charts/pump-1')
})
