import { ShadowPage } from './pages/shadow-page.ts'
import { shadowService } from './shadow-service.ts'
import { expect, test } from './test.ts'

test('a draft that is no JSON yet outlives a reload that follows at once', async ({ page }) => {
  const thingName = 'e2e-draft-kept'
  await shadowService.update(thingName, { desired: { speed: 1 } })
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', `/things/${thingName}/shadow`)
  await expect(shadow.row('speed')).toBeVisible()
  await shadow.draftText('{"speed": 5, "half": ')
  await page.reload()
  await expect(shadow.editor).toContainText('{"speed": 5, "half": ')
})

test('a past version is compared, has an address, and is restored as a draft', async ({ page }) => {
  const thingName = 'e2e-history'
  await shadowService.update(thingName, { desired: { speed: 1 } })
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', `/things/${thingName}/shadow`)
  await expect(shadow.row('speed')).toBeVisible()
  await shadow.update({ speed: 2 })
  await expect(shadow.row('speed').getByRole('cell').first()).toHaveText('2')
  await page.getByRole('button', { name: /History of this session/ }).click()
  await expect(page.getByRole('table', { name: /^Version \d+ against \d+$/ })).toContainText('desired.speed')
  await page.getByRole('button', { name: 'Older version' }).click()
  await expect(page).toHaveURL(/version=\d+/)
  await page.getByRole('button', { name: 'Restore desired as draft' }).click()
  await expect(shadow.editor).toContainText('"speed": 1')
  await shadow.updateButton.click()
  await expect(shadow.row('speed').getByRole('cell').first()).toHaveText('1')
})
