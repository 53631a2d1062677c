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
import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import mqtt from 'mqtt'
import { expectAccessible } from './accessible.ts'
import { startOwnStack } from './own-stack.ts'
import { ConsolePage } from './pages/console-page.ts'
import { expect, test } from './test.ts'

const COUNT = 120
const WRONG = 40
const RIGHT = COUNT - WRONG
/** Every so many lines one is wrong, the last of these. */
const EVERY = COUNT / WRONG
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

/** The lines of the file; those that are wrong come at even distances, each way of `SPOIL` in its turn. */
const LINES = Array.from({ length: COUNT }, (_, index) => {
  const way = SPOIL[Math.floor(index / EVERY) % SPOIL.length]
  const isWrong = index % EVERY === EVERY - 1
  return isWrong && way ? way(index) : `${nameOf(index)};pump;hall;"north/${index}"`
})
const FILE = `\uFEFF${['name;type;groups;site', ...LINES].join('\r\n')}\r\n`

test(`of ${COUNT} devices in a file ${WRONG} lines are wrong; the others are made, though page and console are killed in the middle`, async ({
  page,
}) => {
  test.slow() // a server, a console that is killed, and devices of its own
  const folder = await mkdtemp(join(tmpdir(), 'register-'))
  await using stack = await startOwnStack([], { SHARED_FILE: join(folder, 'shared.json') })
  const iot = new IoTClient(stack.server.sdk)
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall' }))
  for (const line of LINES) {
    const [thingName = ''] = line.split(';')
    if (thingName.startsWith('taken-')) await iot.send(new CreateThingCommand({ thingName }))
  }
  const grace = new ConsolePage(page)
  const bodies: string[] = []
  page.on('request', (request) => bodies.push(request.postData() ?? ''))
  await grace.enter('Grace', `${stack.console}/register-things`)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'pumps.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) })
  await expect(page.getByText(`pumps.csv: ${COUNT} lines, UTF-8`)).toBeVisible()
  await page.getByText('A new one, from a template that is bound to the thing').click()
  await page.getByRole('textbox', { name: 'Name of the new policy' }).fill('of-pumps')

  // The page goes away before anything was begun: nothing has to be said again.
  await page.reload()
  await expect(page.getByText('pumps.csv is still here')).toBeVisible()
  await page.getByRole('button', { name: `Check ${COUNT} lines` }).click()
  await page.getByRole('button', { name: 'Make 1 thing type' }).click()
  await expect(page.getByText(`${WRONG} lines cannot become things`)).toBeVisible()
  const wrongLines = new TextDecoder().decode(await downloaded(page, 'Download wrong lines'))
  expect(wrongLines.trim().split('\r\n')).toHaveLength(WRONG + 1)
  await expectAccessible(page)
  await page.getByRole('button', { name: `Register ${RIGHT} things` }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Register ${RIGHT} things` })
    .click()
  await expect(grace.heading('Registration of pumps.csv')).toBeVisible({ timeout: 60_000 }) // keys are made first

  // The console is killed in the middle, and the page is gone meanwhile.
  await expect(page.getByText(/\d waiting.*\d made/).first()).toBeVisible()
  const address = page.url()
  await page.goto('about:blank')
  await stack.restartConsole()
  await grace.signIn('Grace', address) // sessions ended with the console
  await expect(page.getByText('gone on with after its server had ended')).toBeVisible()
  await expect(page.getByText(`${RIGHT} made`).first()).toBeVisible({ timeout: 60_000 })

  const { keys, wrapping, readable } = await keptKeys(page)
  expect([keys, wrapping]).toEqual([RIGHT, 1])
  expect(readable, 'private keys cannot be read out of the browser').toEqual([])

  const files = unzipSync(await downloaded(page, 'Download keys and certificates'))
  const fileNamed = (end: string) =>
    new TextDecoder().decode(Object.entries(files).find(([path]) => path.endsWith(end))?.[1])
  expect(Object.keys(files).filter((name) => name.endsWith('/device.key.pem'))).toHaveLength(RIGHT)
  const name = nameOf(3)
  const key = fileNamed(`/${name}/device.key.pem`)
  expect(key).toMatch(/^-{5}BEGIN PRIVATE KEY-{5}\n/)
  const line = key.split('\n')[1] ?? ''
  expect(bodies.some((body) => body.includes(line))).toBe(false)
  await expectAccessible(page)

  const device = await mqtt.connectAsync(stack.server.mqtts, {
    clientId: name,
    cert: fileNamed(`/${name}/device.cert.pem`),
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
  expect([things, certificates]).toEqual([RIGHT, RIGHT])
  iot.destroy()
  await rm(folder, { recursive: true, force: true })
})

async function downloaded(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return readFile(await download.path())
}

/** What the browser keeps of private keys: how many, by how many keys they are wrapped, and what of that a script can read. */
function keptKeys(page: Page): Promise<{ keys: number; wrapping: number; readable: string[] }> {
  return page.evaluate(async () => {
    const answerOf = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await answerOf(indexedDB.open('thingdeck-registration'))
    const all = (store: string) => answerOf(database.transaction(store).objectStore(store).getAll())
    const kept = (await all('keys')) as { wrapped: ArrayBuffer }[] // as the console keeps them
    const wrapping = (await all('wrapping')) as CryptoKey[] // the same
    database.close()
    const texts = kept
      .map(({ wrapped }) => new TextDecoder().decode(wrapped))
      .filter((text) => text.includes('PRIVATE KEY'))
    const exported = await Promise.all(
      wrapping.map((key) =>
        crypto.subtle.exportKey('raw', key).then(
          () => 'raw',
          () => '',
        ),
      ),
    )
    return {
      keys: kept.length,
      wrapping: wrapping.length,
      readable: [...texts, ...exported].filter((each) => each !== ''),
    }
  })
}
