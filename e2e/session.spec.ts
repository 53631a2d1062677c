import type { Page } from '@playwright/test'
import { LivePage } from './pages/live-page.ts'
import { ShadowPage } from './pages/shadow-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

/** The page of nobody, which comes once the identity provider was told: before, a page says that one may sign in again. */
const signedOutPage = (page: Page) => page.getByRole('link', { name: 'Sign in', exact: true })

test('signing out in one tab reaches the others: connections closed, what was received stays, and the person comes back', async ({
  page,
  context,
}) => {
  const first = new ShadowPage(page)
  await first.signIn('Ada', '/things')
  const other = new LivePage(await context.newPage())
  await other.page.goto('/live?s=1:dt/%23')
  await expect(other.connection).toHaveAccessibleName(/^Connection: live/)
  await expect(other.messages.first()).toBeVisible()

  await first.signOut()
  await expect(other.sessionBar).toContainText('Ada is signed out')
  await expect(other.connection).toHaveAccessibleName('Connection: signed out')
  await expect(other.subscription('dt/#')).toContainText('signed out')
  await expect(other.messages.first()).toBeVisible()
  const coveredPx = async () => {
    const [list, bar] = await Promise.all([other.messages.boundingBox(), other.sessionBar.boundingBox()])
    return (list?.y ?? 0) + (list?.height ?? 0) - (bar?.y ?? 0)
  }
  await expect.poll(coveredPx).toBeLessThanOrEqual(0)
  await expect(other.personMenu).toBeVisible()
  const refused = await other.page.request.get('/api/session/mqtt')
  expect(refused.status()).toBe(401)

  await expect(signedOutPage(first.page)).toBeVisible() // so that it is asked who one is
  const opened = context.waitForEvent('page')
  await other.sessionBar.getByRole('button', { name: 'Sign in again' }).click()
  await (await opened).getByRole('button', { name: 'Ada' }).click()
  await expect(other.sessionBar).toBeHidden()
  await expect(other.connection).toHaveAccessibleName(/^Connection: live/)
})

test("what another person's page goes on to do is neither done nor taken for theirs", async ({ page, context }) => {
  const first = new ShadowPage(page)
  await first.signIn('Ada', '/things')
  const adas = new ShadowPage(await context.newPage())
  await adas.page.goto('/things/lamp-1/shadow')
  await expect(adas.updateButton).toBeVisible()

  await first.signOut()
  await signedOutPage(first.page).waitFor()
  await first.signIn('Grace', '/things')
  await expect(adas.sessionBar).toContainText("This page is still Ada's")
  await expect(adas.updateButton).toBeDisabled()
  await expect(adas.personMenu).toHaveText(/Ada/)
  const report = await adas.page.request.post('/api/things/lamp-1/shadow', {
    headers: {
      origin: stack.console,
      'content-type': 'application/json',
      'x-thingdeck-person': 'somebody-else',
    },
    data: '{"state":{"desired":{"brightness":1}}}',
  })
  expect(await report.json()).toMatchObject({ code: 'OTHER_PERSON' })

  await adas.sessionBar.getByRole('button', { name: 'Start anew as Grace' }).click()
  await expect(adas.personMenu).toHaveText(/Grace/)
  await expect(adas.sessionBar).toBeHidden()
})
