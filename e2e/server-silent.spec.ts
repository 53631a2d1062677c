import { ThingsPage } from './pages/things-page.ts'
import { expect, test } from './test.ts'

test('the console server falls silent: nothing of before is said of now, and it goes on by itself', async ({
  page,
}) => {
  const things = new ThingsPage(page)
  await things.enter('Ada', '/things/pump-1')
  await expect(things.deviceConnected).toBeVisible()

  await page.route('**/api/**', (route) => route.abort())
  await things.tab('Shadows').click()
  const notice = things.flashes.getByText('The console server does not answer')
  await expect(notice).toBeVisible()
  await expect(things.flashes).toContainText('Messages still come')
  await expect(things.connection).toHaveAccessibleName(/live/)
  await expect(page.getByText(/Connection not known now; connected at \d\d:\d\d:\d\d/)).toBeVisible()
  await expect(things.deviceConnected).toBeHidden()

  await things.goTo('Things')
  await expect(page.getByText('The things could not be listed')).toBeVisible()

  await page.unroute('**/api/**')
  await expect(notice).toBeHidden()
  await expect(things.row('pump-1')).toContainText('Connected')
})
