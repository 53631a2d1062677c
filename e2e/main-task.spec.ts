import { LivePage } from './pages/live-page.ts'
import { ShadowPage } from './pages/shadow-page.ts'
import { ThingsPage } from './pages/things-page.ts'
import { expect, test } from './test.ts'

test('an operator watches a device and changes what it does', async ({ page }) => {
  const things = new ThingsPage(page)
  await things.signIn('Ada')
  await expect(things.personMenu).toHaveText('Ada (operator)')
  await expect(things.connection).toHaveAccessibleName(/live/)

  await expect(things.row('thermostat-1')).toBeVisible()
  await things.open('thermostat-1')
  await expect(things.heading('thermostat-1')).toBeVisible()

  await things.tab('Live').click()
  const live = new LivePage(page)
  await expect(live.messagesOf('/thermostat-1/telemetry').first()).toBeVisible()

  await things.tab('Shadows').click()
  await page.getByRole('link', { name: 'Classic shadow' }).click()
  const shadow = new ShadowPage(page)
  const target = shadow.row('targetTemperature')
  await expect(target).toBeVisible()
  await shadow.update({ targetTemperature: 27 })

  // Without a reload: the device reports 27, and nothing is left to wait for.
  await expect(target).toContainText('in sync')
  await expect(target.getByRole('cell').nth(0)).toHaveText('27')
  await expect(target.getByRole('cell').nth(1)).toHaveText('27')

  await shadow.signOut()
  await expect(shadow.signInButton).toBeVisible()
  expect((await page.request.get('/api/session')).status()).toBe(401)
})

test('a link opened while signed out leads back to the same view', async ({ page }) => {
  const shadow = new ShadowPage(page)
  await shadow.signIn('Grace', '/things/pump-1/shadow?shadowName=config')
  await expect(page).toHaveURL(/\/things\/pump-1\/shadow\?shadowName=config/)
  await expect(shadow.row('targetPressure')).toBeVisible()
})
