import { expect, type Page, test } from '@playwright/test'
import { type GatedConsole, startGatedConsole } from './gated-console.ts'
import { ShadowPage } from './pages/shadow-page.ts'
import { shadowServiceOf } from './shadow-service.ts'

/** What breaks while an update is on its way. Whatever it is: saved once, or visibly not saved with the draft there. */
const started = new AsyncDisposableStack()
let gated: GatedConsole
let service: ReturnType<typeof shadowServiceOf>

test.beforeAll(async () => {
  gated = started.use(await startGatedConsole())
  service = shadowServiceOf(gated.data)
})
test.afterAll(() => started.disposeAsync())

async function open(page: Page, thingName: string): Promise<ShadowPage> {
  await service.update(thingName, { desired: { a: 1 } })
  const shadow = new ShadowPage(page)
  await shadow.signIn('Ada', `${gated.url}/things/${thingName}/shadow`)
  await expect(shadow.row('a')).toBeVisible()
  await expect(shadow.connection).toHaveAccessibleName(/live/)
  await expect(page.getByText('live', { exact: true })).toBeVisible()
  return shadow
}

async function expectSavedOnce(shadow: ShadowPage, thingName: string): Promise<void> {
  await expect(shadow.page.getByText(/no changes/)).toBeVisible()
  const { state, version } = await service.get(thingName)
  expect({ desired: state.desired, version }).toEqual({ desired: { a: 2 }, version: 2 })
}

test('credentials expire while the update is on its way, and it is lost: it is saved once all the same', async ({
  page,
}) => {
  const thingName = 'e2e-expired-lost'
  const ada = await open(page, thingName)
  await ada.draft({ a: 2 })
  gated.gate.hold('to-broker')
  await ada.updateButton.click()
  await expect(page.getByText(/sending for/)).toBeVisible()
  gated.gate.expireCredentials()
  gated.gate.cut()
  await expectSavedOnce(ada, thingName)
  // The old credentials were tried and refused; with new ones the page is live again.
  await expect(ada.connection).toHaveAccessibleName(/live/)
  expect(gated.gate.refusals).toBeGreaterThan(0)
})

test('credentials expire while the answer is on its way, and it is lost: it is not applied twice', async ({ page }) => {
  const thingName = 'e2e-expired-answer'
  const ada = await open(page, thingName)
  await ada.draft({ a: 2 })
  gated.gate.hold('to-page')
  await ada.updateButton.click()
  await expect(async () => expect((await service.get(thingName)).version).toBe(2)).toPass()
  const refusalsBefore = gated.gate.refusals
  gated.gate.expireCredentials()
  gated.gate.cut()
  await expectSavedOnce(ada, thingName)
  await expect(ada.connection).toHaveAccessibleName(/live/)
  expect(gated.gate.refusals).toBeGreaterThan(refusalsBefore)
})

test('credentials and sign-in end while the update is on its way: not saved, said so, sent after signing in', async ({
  page,
}) => {
  const thingName = 'e2e-all-expired'
  const ada = await open(page, thingName)
  await ada.draft({ a: 2 })
  gated.gate.hold('to-broker')
  await page.request.post(`${gated.url}/auth/logout`, { headers: { origin: gated.url } })
  await ada.updateButton.click()
  gated.gate.expireCredentials()
  gated.gate.cut()
  await ada.signInButton.first().click()
  await ada.personMenu.waitFor()
  expect((await service.get(thingName)).version).toBe(1)
  await expect(ada.editor).toContainText('{"a":2}')
  await ada.updateButton.click()
  await expectSavedOnce(ada, thingName)
})

test('the network is away altogether during the save: said so, the draft stays, and is sent once it is back', async ({
  page,
  context,
}) => {
  const thingName = 'e2e-network-away'
  const ada = await open(page, thingName)
  await ada.draft({ a: 2 })
  gated.gate.hold('to-broker')
  await context.setOffline(true)
  await ada.updateButton.click()
  gated.gate.cut()
  await expect(page.getByText('no answer: looking whether it was applied')).toBeVisible()
  await expect(page.getByText('The update did not go through')).toBeVisible()
  await expect(ada.editor).toContainText('{"a":2}')
  await context.setOffline(false)
  await expect(page.getByText(/the shadow does not hold it. It is still in your draft/)).toBeVisible()
  await ada.updateButton.click()
  await expectSavedOnce(ada, thingName)
})
