import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateThingCommand,
  CreateThingGroupCommand,
  IoTClient,
  paginateListCertificates,
  paginateListThings,
} from '@aws-sdk/client-iot'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import mqtt from 'mqtt'
import { startOwnStack } from './own-stack.ts'
import { ConsolePage } from './pages/console-page.ts'
import { expect, test } from './test.ts'

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' | ')}`)).toEqual([])
}

const COUNT = 1_000
const WRONG = 40
const nameOf = (index: number) => `pump-${String(index).padStart(4, '0')}`

/** Ways in which a line is wrong; each is there several times. */
const SPOIL: readonly ((index: number) => string)[] = [
  (index) => `pump ${index};pump;hall;north`,
  () => ';pump;hall;north',
  (index) => `${nameOf(index)};pump;hall`,
  (index) => `${nameOf(index)};pump;hall;north hall`,
  () => `${nameOf(1)};pump;hall;north`,
  (index) => `${nameOf(index)};a type;hall;north`,
  (index) => `${nameOf(index)};pump;hall!;north`,
  (index) => `${'x'.repeat(129)}${index};pump;hall;north`,
  (index) => `p\u00fcmp-${index};pump;hall;north`,
  (index) => `taken-${index};pump;hall;north`,
]

function file(): string {
  const lines = Array.from({ length: COUNT }, (_, index) => {
    const isWrong = index % (COUNT / WRONG) === 5
    const way = SPOIL[Math.floor(index / (COUNT / WRONG)) % SPOIL.length]
    return isWrong && way ? way(index) : `${nameOf(index)};pump;hall;"north/${index}"`
  })
  return `\uFEFF${['name;type;groups;site', ...lines].join('\r\n')}\r\n`
}

test('of a file of 1,000 devices forty lines are wrong; the others are made, though page and console are killed in the middle', async ({
  page,
}) => {
  test.setTimeout(600_000) // a server, a console that is killed, and a thousand devices of its own
  const folder = await mkdtemp(join(tmpdir(), 'register-'))
  await using stack = await startOwnStack([], { SHARED_FILE: join(folder, 'shared.json') })
  const iot = new IoTClient(stack.server.sdk)
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall' }))
  for (let index = 0; index < COUNT; index += 1) {
    if (index % (COUNT / WRONG) === 5 && Math.floor(index / (COUNT / WRONG)) % SPOIL.length === 9)
      await iot.send(new CreateThingCommand({ thingName: `taken-${index}` }))
  }
  const grace = new ConsolePage(page)
  const bodies: string[] = []
  page.on('request', (request) => bodies.push(request.postData() ?? ''))
  await grace.enter('Grace', `${stack.console}/register-things`)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'pumps.csv', mimeType: 'text/csv', buffer: Buffer.from(file()) })
  await expect(page.getByText('pumps.csv: 1,000 lines, UTF-8')).toBeVisible()
  await page.getByText('A new one, from a template that is bound to the thing').click()
  await page.getByRole('textbox', { name: 'Name of the new policy' }).fill('of-pumps')
  await expectAccessible(page)

  // The page goes away before anything was begun: nothing has to be said again.
  await page.reload()
  await expect(page.getByText('pumps.csv is still here')).toBeVisible()
  await page.getByRole('button', { name: 'Check 1,000 lines' }).click()
  await page.getByRole('button', { name: 'Make 1 thing type' }).click({ timeout: 180_000 })
  await expect(page.getByText('40 lines cannot become things')).toBeVisible({ timeout: 180_000 })
  const [wrong] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download wrong lines' }).click(),
  ])
  const wrongLines = (await readFile(await wrong.path(), 'utf8')).trim().split('\r\n')
  expect(wrongLines).toHaveLength(WRONG + 1)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Register 960 things' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Register 960' }).click()
  await expect(grace.heading('Registration of pumps.csv')).toBeVisible({ timeout: 60_000 })

  // The console is killed in the middle, and the page is gone meanwhile.
  const some = page.getByText(/^\d{2,3} waiting, (\d under|.*being made)/)
  await expect(some.first()).toBeVisible({ timeout: 60_000 })
  const address = page.url()
  await page.goto('about:blank')
  await stack.restartConsole()
  await grace.enter('Grace', address)
  await expect(page.getByText('960 made').first()).toBeVisible({ timeout: 240_000 })

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download keys and certificates' }).click(),
  ])
  const files = unzipSync(await readFile(await download.path()))
  const fileNamed = (end: string) =>
    new TextDecoder().decode(Object.entries(files).find(([path]) => path.endsWith(end))?.[1])
  expect(Object.keys(files).filter((name) => name.endsWith('device.key.pem'))).toHaveLength(COUNT - WRONG)
  const key = fileNamed('/pump-0002/device.key.pem')
  expect(key).toMatch(/^-{5}BEGIN PRIVATE KEY-{5}\n/)
  const line = key.split('\n')[1] ?? ''
  expect(bodies.some((body) => body.includes(line))).toBe(false)
  await expectAccessible(page)

  const device = await mqtt.connectAsync(stack.server.mqtts, {
    clientId: 'pump-0002',
    cert: fileNamed('/pump-0002/device.cert.pem'),
    key,
    ca: await readFile(stack.server.rootCaPath),
  })
  await device.endAsync()
  let things = 0
  for await (const found of paginateListThings({ client: iot }, { thingTypeName: 'pump' }))
    things += found.things?.length ?? 0
  let certificates = 0
  for await (const found of paginateListCertificates({ client: iot }, {}))
    certificates += found.certificates?.length ?? 0
  expect([things, certificates]).toEqual([COUNT - WRONG, COUNT - WRONG])
  iot.destroy()
  await rm(folder, { recursive: true, force: true })
})
