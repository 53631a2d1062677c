/**
 * `npm run pictures`: takes the pictures of README.md from the running product, with what its simulated devices say. It
 * starts a product of its own in a folder of its own, and leaves neither behind.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Locator, type Page } from '@playwright/test'
import { ensureBrowser } from './ensure-browser.ts'
import { freePort } from './run/free-port.ts'
import { startProduct } from './run/product.ts'

const FOLDER = join(import.meta.dirname, '../docs/pictures')
const SIZE = { width: 1440, height: 860 }
/** A README is read where there is little network, too. */
const MOST_BYTES = 200_000
const QUALITY = 82

interface Picture {
  readonly name: string
  readonly path: string
  /** What is done on the page before the picture is taken, until what it is about is seen. */
  readonly show: (page: Page) => Promise<void>
}

/** Writes a text in place of all that an editor has. */
async function write(page: Page, editor: Locator, text: string): Promise<void> {
  await editor.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

const PICTURES: readonly Picture[] = [
  {
    name: 'inspector',
    path: '/live',
    async show(page) {
      await page.getByRole('combobox', { name: 'Topic filter' }).fill('dt/#')
      await page.getByRole('button', { name: 'Subscribe', exact: true }).click()
      const rows = page.getByRole('grid', { name: 'Messages' }).getByRole('row')
      await rows.nth(16).waitFor()
      await rows.filter({ hasText: 'pump-' }).first().click()
      await page.getByRole('region', { name: 'Message', exact: true }).waitFor()
    },
  },
  {
    name: 'shadow-editor',
    path: '/things/pump-1/shadow?shadowName=config',
    async show(page) {
      const editor = page.getByRole('textbox', { name: 'Desired state as JSON' })
      await page
        .getByText(/^live \d/)
        .first()
        .waitFor()
      await write(page, editor, '{\n  "mode": "auto",\n  "targetPressure": 2.8\n}')
      await page.getByRole('button', { name: /^Preview: / }).click()
    },
  },
  {
    name: 'simulator',
    path: '/simulator',
    async show(page) {
      await page.getByRole('combobox', { name: 'Thing' }).fill('pump-1')
      await page.keyboard.press('Enter')
      await page.getByText('Certificate ACTIVE').waitFor()
      await page.getByRole('button', { name: 'Add check' }).first().click()
      const topic = page.getByRole('textbox', { name: 'topic of check 1' })
      await topic.fill('cmd/pump-2/stop')
      await topic.press('Enter')
      await page.getByText('Denied').first().waitFor()
    },
  },
  {
    name: 'rule-rehearsal',
    path: '/rules/queue_alarms/edit',
    async show(page) {
      const sql = "SELECT topic(3) AS thing, pressure AS bar\nFROM 'dt/+/+/telemetry'\nWHERE pressure > 2.5"
      await write(page, page.getByRole('textbox', { name: 'SQL', exact: true }), sql)
      await page.getByRole('checkbox', { name: 'Live messages', exact: true }).check()
      await page.getByText(/^\d\d+ seen · [1-9]/).waitFor()
      await page.getByRole('list', { name: 'Messages' }).getByRole('button').first().click()
      await page.getByRole('region', { name: 'Message rehearsed' }).waitFor()
    },
  },
]

async function signIn(page: Page, console: string): Promise<void> {
  await page.goto(console)
  await page
    .getByRole('link', { name: 'Sign in' })
    .or(page.getByRole('button', { name: 'Sign in' }))
    .first()
    .click()
  await page.getByRole('button', { name: /Grace/ }).click()
  await page.waitForURL(`${console}/**`)
}

/** As WebP, which is a third of a PNG of the same page; Playwright itself takes none. */
async function webp(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY })
  await session.detach()
  return Buffer.from(data, 'base64')
}

/** The sample rules come a moment after the console is ready. */
async function waitForSampleRules(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/rules`)
  const last = page.getByRole('link', { name: 'enrich_alarms' })
  while (!(await last.isVisible())) {
    await page
      .getByRole('button', { name: /^Refresh/ })
      .first()
      .click()
    await last.waitFor({ timeout: 2_000 }).catch(() => {})
  }
}

async function takePictures(browser: Browser, origin: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: SIZE, colorScheme: theme, reducedMotion: 'reduce' })
    const page = await context.newPage()
    await signIn(page, origin)
    await waitForSampleRules(page, origin)
    for (const { name, path, show } of PICTURES) {
      await page.goto(origin + path)
      await show(page)
      const picture = await webp(page)
      if (picture.length > MOST_BYTES) throw new Error(`${name} has ${picture.length} bytes, of ${MOST_BYTES} at most`)
      writeFileSync(join(FOLDER, `${name}-${theme}.webp`), picture)
      console.log(`${name}-${theme}.webp ${picture.length} bytes`)
    }
    await context.close()
  }
}

const data = mkdtempSync(join(tmpdir(), 'thingdeck-pictures-'))
const ports = { console: await freePort(), http: await freePort(), mqtt: await freePort(), https: await freePort() }
const product = await startProduct({ ports, data, devices: 24 })
try {
  mkdirSync(FOLDER, { recursive: true })
  const browser = await chromium.launch({ executablePath: ensureBrowser() })
  await takePictures(browser, `http://localhost:${ports.console}`).finally(() => browser.close())
} finally {
  await product.stop()
  rmSync(data, { recursive: true, force: true })
}
