import { registerThings } from './fleet.ts'
import { freshName } from './fresh-name.ts'
import { BulkChangesPage } from './pages/bulk-changes-page.ts'
import { ThingsPage } from './pages/things-page.ts'
import { shadowService } from './shadow-service.ts'
import { expect, test } from './test.ts'

const desiredOf = async (thingName: string) => (await shadowService.get(thingName)).state.desired

test('a selection of things is changed at once: counted, tried dry, done, with a result for each', async ({ page }) => {
  const type = freshName('e2e-many')
  const [low, high, none] = [`${type}-a`, `${type}-b`, `${type}-c`]
  const names = [low, high, none]
  await registerThings(names, { type })
  await shadowService.update(low, { desired: { level: 1, keep: 'a' } })
  await shadowService.update(high, { desired: { level: 7, keep: 'b' } })

  const things = new ThingsPage(page)
  await things.enter('Ada', `/things?type=${type}`)
  for (const name of names) await things.select(name)
  await things.changeShadowsOfSelected()
  const many = new BulkChangesPage(page)
  await expect(many.names).toHaveValue(names.join('\n'))
  await many.countButton.click()
  await expect(page.getByRole('status').filter({ hasText: `3 things: ${names.join(', ')}` })).toBeVisible()

  await many.setNumber('level', 7)
  await many.dryRunButton.click()
  await expect(many.result(low)).toContainText('would change')
  await expect(many.result(high)).toContainText('is so already')
  await expect(many.result(none)).toContainText('left out')
  expect(await desiredOf(low)).toEqual({ level: 1, keep: 'a' })

  await page.getByRole('button', { name: 'Change 1 shadow now' }).click()
  await many.confirm('Change 1 shadow')
  await expect(many.result(low)).toContainText('changed')
  await expect(page.getByText('Ended: 1 changed').first()).toBeVisible()
  expect(await desiredOf(low)).toEqual({ level: 7, keep: 'a' })
  expect((await shadowService.get(high)).version).toBe(1)
  // The bulk change has an address: a reload, or a colleague, finds it again.
  await page.reload()
  await expect(many.result(low)).toContainText('changed')
})

test('all things of a group are changed; what failed is tried again', async ({ page }) => {
  const group = freshName('e2e-hall')
  const [roomy, full] = [`${group}-a`, `${group}-b`]
  await registerThings([roomy, full], { group })
  await shadowService.update(roomy, { desired: { level: 1 } })
  // So full that it takes no further key.
  await shadowService.update(full, { desired: { full: 'x'.repeat(8_170) } })

  const many = new BulkChangesPage(page)
  await many.enter('Ada', `/bulk-changes?group=${group}`)
  await expect(many.group).toContainText(group)
  await many.countButton.click()
  await expect(page.getByRole('status').filter({ hasText: `2 things: ${roomy}, ${full}` })).toBeVisible()
  await many.setNumber('limits/maximumLevel', 9)
  await expect(many.changeButton).toHaveText('Change 2 shadows')
  await many.changeButton.click()
  await many.confirm('Change 2 shadows')
  await expect(many.result(roomy)).toContainText('changed')
  await expect(many.result(full)).toContainText('The payload exceeds the maximum size allowed')
  expect(await desiredOf(roomy)).toEqual({ level: 1, limits: { maximumLevel: 9 } })

  await shadowService.update(full, { desired: { full: 'not so full' } })
  await page.getByRole('button', { name: 'Retry 1 shadow that failed' }).click()
  await expect(many.result(full)).toContainText('changed')
  expect(await desiredOf(full)).toEqual({ full: 'not so full', limits: { maximumLevel: 9 } })
})

test('a long bulk change shows how far it is, and is cancelled: what had not begun is not changed', async ({
  page,
}) => {
  const names = Array.from({ length: 30 }, (_, index) => freshName(`e2e-slow-${index + 1}`))
  for (const name of names) await shadowService.update(name, { desired: { level: 1 } })
  const many = new BulkChangesPage(page)
  await many.enter('Ada', `/bulk-changes?${names.map((name) => `things=${name}`).join('&')}`)
  await many.setNumber('level', 2)
  await many.setRate(2) // one thing a second
  await many.changeButton.click()
  await many.confirm('Change 30 shadows')
  await expect(many.progress).toBeVisible()
  await expect(page.getByText(/[1-9]\d? of 30 things/)).toBeVisible()
  await page.getByRole('button', { name: 'Cancel bulk change' }).click()
  await expect(page.getByText('Cancelled').first()).toBeVisible()
  await expect(many.results).toContainText('not begun')
  const levels = await Promise.all(names.map(async (name) => (await desiredOf(name))?.level))
  const changed = levels.filter((level) => level === 2).length
  expect(changed).toBeGreaterThan(0)
  expect(changed).toBeLessThan(30)
  await expect(page.getByRole('button', { name: /^Retry \d+ shadows? that had not begun$/ })).toBeVisible()
})

test('a viewer sees what was done, and is refused to do it: in the page and at the API', async ({ page }) => {
  const many = new BulkChangesPage(page)
  await many.enter('Vera', '/bulk-changes?things=lamp-1')
  await many.setNumber('brightness', 1)
  await expect(many.changeButton).toBeDisabled()
  await expect(many.changeButton).toHaveAccessibleDescription(/needs the role operator/)
  await expect(many.dryRunButton).toBeDisabled()
  const refused = await page.request.post('/api/bulk-changes', {
    headers: { origin: new URL(page.url()).origin },
    data: {
      targets: { thingNames: ['lamp-1'] },
      change: { kind: 'shadow', path: ['brightness'], valueText: '1' },
      dryRun: false,
    },
  })
  expect(refused.status()).toBe(403)
  expect(await refused.json()).toMatchObject({ code: 'ROLE_REQUIRED' })
})

test('things are deleted by an admin with all that is theirs, after a dry run and with their number typed', async ({
  page,
}) => {
  const type = freshName('e2e-scrap')
  const names = [`${type}-a`, `${type}-b`]
  await registerThings(names, { type })
  await shadowService.update(`${type}-a`, { desired: { level: 1 } })
  const many = new BulkChangesPage(page)
  await many.enter('Grace', `/bulk-changes?act=delete&${names.map((name) => `things=${name}`).join('&')}`)
  await many.dryRunButton.click()
  await expect(page.getByText('Ended: 2 would change').first()).toBeVisible()
  await expect(page.getByText('1 shadow is deleted.')).toBeVisible()
  await page.getByRole('button', { name: 'Delete 2 things now' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Delete 2 things', exact: true })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'To delete 2 things, type 2' }).fill('2')
  await many.confirm('Delete 2 things')
  await expect(page.getByText('Ended: 2 changed').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo bulk change' })).toBeDisabled()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Report as CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/^bulk-change-.*\.csv$/)
})

test('attributes of a group are changed by an admin, and put back', async ({ page }) => {
  const group = freshName('e2e-site')
  const thing = `${group}-a`
  await registerThings([thing], { group })
  const many = new BulkChangesPage(page)
  await many.enter('Grace', `/bulk-changes?act=attributes&group=${group}`)
  await page.getByRole('textbox', { name: 'Name 1' }).fill('site')
  await page.getByRole('textbox', { name: 'Value 1' }).fill('north')
  // The number arrives while the button below it is pressed, and moves it.
  const answers = Promise.withResolvers<void>()
  await page.route('**/api/bulk-changes/preview', async (route) => {
    await answers.promise
    await route.continue()
  })
  await many.countButton.click()
  await many.changeButton.hover()
  await page.mouse.down()
  answers.resolve()
  await expect(page.getByRole('status').filter({ hasText: `1 thing: ${thing}` })).toBeVisible()
  await page.mouse.up()
  await many.confirm('Change 1 thing')
  await expect(many.result(thing)).toContainText('attributes.site: – → "north"')
  await expect(many.result(thing)).toContainText('changed')
  await page.getByRole('button', { name: 'Undo bulk change' }).click()
  await page.getByRole('dialog').getByRole('checkbox', { name: 'Dry run first' }).uncheck()
  await many.confirm('Put back 1 thing')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Undo: Set the attribute site to north')
  await expect(many.result(thing)).toContainText('attributes.site: "north" → –')
  await expect(page.getByText('Ended: 1 changed').first()).toBeVisible()
})
