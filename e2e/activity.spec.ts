import { AttachPolicyCommand, DetachPolicyCommand, IoTClient } from '@aws-sdk/client-iot'
import type { Page } from '@playwright/test'
import { dropConnection } from './drop-connection.ts'
import { freshName } from './fresh-name.ts'
import { ActivityPage } from './pages/activity-page.ts'
import { ShadowPage } from './pages/shadow-page.ts'
import { shadowService } from './shadow-service.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

/** Opens the classic shadow of a thing as Ada, live. */
async function open(page: Page, thingName: string): Promise<ShadowPage> {
  await shadowService.update(thingName, { desired: { speed: 1, mode: 'auto' } })
  const ada = new ShadowPage(page)
  await ada.enter('Ada', `/things/${thingName}/shadow`)
  await expect(ada.table).toBeVisible()
  await expect(ada.connection).toHaveAccessibleName(/live/)
  await expect(page.getByText('not live')).toBeHidden() // until then it would be written over REST
  return ada
}

/** Pages tell of what they wrote there. */
const REPORTS = '**/api/audit/mqtt-writes'

/** The trail of a thing in the eyes of a viewer. */
async function trailOf(page: Page, thingName: string): Promise<ActivityPage> {
  const trail = new ActivityPage(page)
  await trail.enter('Vera', `/activity?thing=${thingName}`)
  return trail
}

test('an update over MQTT is in the trail once, by the report of the page, with before and after', async ({
  page,
  browser,
}) => {
  const thingName = freshName('e2e-audit-mqtt')
  const ada = await open(page, thingName)
  const reported = page.waitForResponse(REPORTS)
  await ada.update({ speed: 2, mode: 'auto' })
  await expect(ada.row('speed').getByRole('cell').first()).toHaveText('2')
  await reported // the list stands still: what comes after it was read is not in it

  await using context = await browser.newContext({ baseURL: stack.console })
  const trail = await trailOf(await context.newPage(), thingName)
  await expect(trail.rows).toHaveCount(1)
  await expect(trail.rows).toContainText(/Ada.*UpdateThingShadow.*Done.*desired\.speed 1 → 2/)
  await trail.look(trail.rows)
  await expect(trail.details).toContainText("By the word of the person's page")
  await expect(trail.change('desired.speed')).toHaveText(/1.*2/)

  // A link to the entry shows the same to whoever opens it.
  await ada.page.goto(trail.page.url())
  await expect(ada.page.getByRole('table', { name: 'Values before and after' })).toContainText('desired.speed')
})

test("an update over REST is in the trail once, in the server's own words", async ({ page, browser }) => {
  const thingName = freshName('e2e-audit-rest')
  const ada = await open(page, thingName)
  const { clientIdPrefix } = await (await page.request.get('/api/session/mqtt')).json()
  const policy = { policyName: 'thingdeck-operator', target: clientIdPrefix.slice('thingdeck-'.length, -1) }
  const iot = new IoTClient(stack.sdk)
  await iot.send(new DetachPolicyCommand(policy))
  // Who asks for new credentials gets the policy back, and with it MQTT.
  await page.context().route('**/api/session/mqtt*', (route) => route.abort())
  try {
    await dropConnection(ada)
    await expect(ada.page.getByText(/REST/).first()).toBeVisible()
    await ada.update({ speed: 1 })
    await expect(ada.row('mode')).toHaveCount(0)
  } finally {
    await iot.send(new AttachPolicyCommand(policy))
  }

  await using context = await browser.newContext({ baseURL: stack.console })
  const trail = await trailOf(await context.newPage(), thingName)
  await expect(trail.rows).toHaveCount(1)
  await trail.look(trail.rows)
  await expect(trail.change('desired.mode')).toHaveText(/"auto".*removed/)
  await expect(trail.details).not.toContainText('By the word')
})

test('a report that does not arrive is said, outlives the page, and is in the trail once the server takes it', async ({
  page,
}) => {
  const thingName = freshName('e2e-audit-late')
  const ada = await open(page, thingName)
  await page.route(REPORTS, (route) => route.abort())
  await ada.update({ speed: 2, mode: 'auto' })
  await expect(ada.flashes).toContainText('A write has not come into the audit trail yet')
  await page.reload()
  await expect(ada.flashes).toContainText('A write has not come into the audit trail yet')
  const taken = page.waitForResponse(REPORTS)
  await page.unroute(REPORTS)
  await page.reload()
  await taken // the list stands still: what comes after it was read is not in it
  await expect(ada.connection).toHaveAccessibleName(/live/)
  const trail = new ActivityPage(page)
  await page.goto(`/activity?thing=${thingName}`)
  await expect(trail.rows).toHaveCount(1)
  await expect(trail.rows).toContainText(/Ada.*UpdateThingShadow.*Done.*desired\.speed 1 → 2/)
})

test('whether the trail is whole is asked for in the page', async ({ page }) => {
  const trail = new ActivityPage(page)
  await trail.enter('Vera', '/activity')
  await page.getByRole('button', { name: 'Verify the trail' }).click()
  const answer = page.getByRole('dialog', { name: 'Is the trail as it was written?' })
  await expect(answer).toContainText(/It is whole.*as they were written/)
})

test('the trail is reached from a thing and from the history of its shadow', async ({ page }) => {
  const thingName = 'lamp-1'
  const ada = new ShadowPage(page)
  await ada.enter('Ada', `/things/${thingName}/shadow`)
  await ada.page.getByRole('button', { name: /^History of this session/ }).click()
  await ada.page.getByRole('link', { name: /What people changed of this shadow/ }).click()
  await expect(page).toHaveURL(/\/activity\?thing=lamp-1&shadow=/)
  await page.goto(`/things/${thingName}?tab=changes`)
  await expect(page.getByRole('grid', { name: `Changes of ${thingName}` })).toBeVisible()
  await page.getByRole('link', { name: 'Open in Activity' }).click()
  await expect(ada.heading('Activity')).toBeVisible()
})

test('an operator filters for what was refused to a viewer', async ({ page, browser }) => {
  await using context = await browser.newContext({ baseURL: stack.console })
  const vera = new ShadowPage(await context.newPage())
  await vera.enter('Vera')
  const refused = await vera.page.request.delete('/api/things/lamp-1/shadow', { headers: { origin: stack.console } })
  expect(refused.status()).toBe(403)

  const trail = new ActivityPage(page)
  await trail.enter('Ada')
  await trail.goTo('Activity')
  await trail.filterBy('Vera')
  await expect(page).toHaveURL(/person=Vera/)
  await expect(trail.rows.first()).toContainText(/Vera.*DeleteThingShadow.*ROLE_REQUIRED/)
})

const REPORT = {
  reportId: '00000000-0000-4000-8000-000000000000',
  writer: { sessionKey: 'made-up', clientId: 'made-up' },
  from: '2026-11-28T21:50:54Z',
  to: '2026-11-28T21:50:54Z',
  write: { kind: 'shadow-update', thingName: 'lamp-1', changes: [] },
}

test('nobody who is not signed in reads or writes the trail', async ({ request }) => {
  expect((await request.get('/api/audit')).status()).toBe(401)
  const report = await request.post('/api/audit/mqtt-writes', {
    headers: { origin: stack.console },
    data: REPORT,
  })
  expect(report.status()).toBe(401)
})

test('a viewer reads the trail and cannot write to it', async ({ page }) => {
  const vera = new ActivityPage(page)
  await vera.signIn('Vera', '/activity')
  await expect(vera.rows.first()).toContainText('SignIn')
  const headers = { origin: stack.console }
  const { sessionKey, clientIdPrefix } = await (await page.request.get('/api/session/mqtt')).json()
  const report = { ...REPORT, writer: { sessionKey, clientId: `${clientIdPrefix}e2e` } }
  expect((await page.request.post('/api/audit/mqtt-writes', { headers, data: report })).status()).toBe(403)
  expect((await page.request.post('/api/audit/mqtt-writes', { headers, data: REPORT })).status()).toBe(409)
  for (const method of ['POST', 'PUT', 'DELETE']) {
    expect((await page.request.fetch('/api/audit', { method, headers })).status(), method).toBe(404)
  }
})
