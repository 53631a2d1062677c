import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import type { Page } from '@playwright/test'
import type { OwnStack } from './own-stack.ts'
import { ShadowPage } from './pages/shadow-page.ts'
import { shadowServiceOf } from './shadow-service.ts'
import { expect, test } from './test.ts'

// What breaks while an update is on its way. Whatever it is: saved once, or visibly not saved with the draft there.

// One worker takes them all, so that one console behind a gate is started.
test.describe.configure({ mode: 'default' })

interface Editor {
  readonly ada: ShadowPage
  readonly service: ReturnType<typeof shadowServiceOf>
  readonly thingName: string
}

/** Ada signs in each time, as what her session was given in another test may have ended there. */
async function open(gated: OwnStack, page: Page, thingName: string): Promise<Editor> {
  const service = shadowServiceOf(new IoTDataPlaneClient(gated.server.sdk))
  await service.update(thingName, { desired: { a: 1 } })
  const ada = new ShadowPage(page)
  await ada.signIn('Ada', `${gated.console}/things/${thingName}/shadow`)
  await expect(ada.row('a')).toBeVisible()
  await expect(ada.connection).toHaveAccessibleName(/live/)
  await expect(page.getByText('live', { exact: true })).toBeVisible()
  return { ada, service, thingName }
}

async function expectSavedOnce({ ada, service, thingName }: Editor): Promise<void> {
  await expect(ada.page.getByText(/no changes/)).toBeVisible()
  const { state, version } = await service.get(thingName)
  expect({ desired: state.desired, version }).toEqual({ desired: { a: 2 }, version: 2 })
}

test('credentials expire while the update is on its way, and it is lost: it is saved once all the same', async ({
  page,
  gated,
}) => {
  const editor = await open(gated, page, 'e2e-expired-lost')
  const { ada } = editor
  await ada.draft({ a: 2 })
  gated.gate.hold('to-broker')
  await ada.updateButton.click()
  await expect(page.getByText(/sending for/)).toBeVisible()
  gated.gate.expireCredentials()
  gated.gate.cut()
  await expectSavedOnce(editor)
  // The old credentials were tried and refused; with new ones the page is live again.
  await expect.poll(() => gated.gate.refusals).toBeGreaterThan(0)
  await expect(ada.connection).toHaveAccessibleName(/live/)
})

test('credentials expire while the answer is on its way, and it is lost: it is not applied twice', async ({
  page,
  gated,
}) => {
  const editor = await open(gated, page, 'e2e-expired-answer')
  const { ada, service, thingName } = editor
  await ada.draft({ a: 2 })
  gated.gate.hold('to-page')
  await ada.updateButton.click()
  await expect(async () => expect((await service.get(thingName)).version).toBe(2)).toPass()
  const refusalsBefore = gated.gate.refusals
  gated.gate.expireCredentials()
  gated.gate.cut()
  await expectSavedOnce(editor)
  await expect.poll(() => gated.gate.refusals).toBeGreaterThan(refusalsBefore)
  await expect(ada.connection).toHaveAccessibleName(/live/)
})

test('credentials and sign-in end while the update is on its way: not saved, said so, sent after signing in', async ({
  page,
  gated,
}) => {
  const editor = await open(gated, page, 'e2e-all-expired')
  const { ada, service, thingName } = editor
  await ada.draft({ a: 2 })
  gated.gate.hold('to-broker')
  // By the other way it does not arrive sooner than the sign-in has ended, however long that takes.
  const signedOut = Promise.withResolvers<void>()
  await page.route(`**/api/things/${thingName}/shadow*`, async (route) => {
    await signedOut.promise
    await route.continue()
  })
  await ada.updateButton.click() // before: whoever is known to be signed out cannot press it
  await page.request.post(`${gated.console}/auth/logout`, { headers: { origin: gated.console } })
  signedOut.resolve()
  gated.gate.expireCredentials()
  gated.gate.cut()
  await ada.signInButton.first().click()
  await ada.personMenu.waitFor()
  expect((await service.get(thingName)).version).toBe(1)
  await expect(ada.editor).toContainText('{"a":2}')
  await ada.updateButton.click()
  await expectSavedOnce(editor)
})

test('the network is away altogether during the save: said so, the draft stays, and is sent once it is back', async ({
  page,
  context,
  gated,
}) => {
  const editor = await open(gated, page, 'e2e-network-away')
  const { ada } = editor
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
  await expectSavedOnce(editor)
})
