import { dropConnection } from './drop-connection.ts'
import { connectClient } from './mqtt-client.ts'
import { expect, test } from './test.ts'
import { expectFigures, watch } from './watch-live.ts'

/** Long enough to sign in and subscribe, short enough to be waited for. */
const LIFE_MS = 15_000

test('credentials expire while one watches: the stream goes on, and nothing is missing or doubled', async ({
  page,
  context,
}) => {
  let answers = 0
  await context.route('**/api/session/mqtt*', async (route) => {
    const response = await route.fetch()
    const session = await response.json()
    const credentials = { ...session.credentials }
    // Only the first are short-lived: then there is one renewal to look at.
    if (answers === 0) credentials.expiresAt = new Date(Date.now() + LIFE_MS).toISOString()
    answers += 1
    await route.fulfill({ response, json: { ...session, credentials } })
  })
  await using sender = await connectClient('e2e-expiring')
  const live = await watch(page, 'e2e/expiring/#')

  // Numbered messages come all the while, a few at each QoS for each look at the connection.
  let sent = 0
  await expect(async () => {
    for (const qos of [0, 1, 0, 1] as const) {
      await sender.client.publishAsync('e2e/expiring/a', JSON.stringify({ number: sent }), { qos })
      sent += 1
    }
    // By its number: the first connection may be over before somebody on a busy machine has looked at it.
    expect(await live.clientId()).toMatch(/-2$/)
  }).toPass({ intervals: [100], timeout: 40_000 })
  await sender.client.publishAsync('e2e/expiring/a', '"the last"', { qos: 1 })
  await expect(live.messagesOf('the last')).toBeVisible()

  expect(answers).toBeGreaterThan(1)
  await expectFigures(live, { received: sent + 1, kept: sent + 1 })
  await expect(live.counters).not.toContainText('gap')
  await live.filter('$.number >= 0')
  await expect(live.counters).toContainText(`shown ${sent}`)
})

test('a connection that drops after its credentials expired comes back with new ones', async ({ page, context }) => {
  let answers = 0
  await context.route('**/api/session/mqtt*', async (route) => {
    const response = await route.fetch()
    const session = await response.json()
    answers += 1
    // They say of themselves that they are over: good for the connection that is open, for no other.
    const expiresAt = new Date(Date.now() + (answers === 1 ? 30_000 : 3_600_000)).toISOString()
    await route.fulfill({ response, json: { ...session, credentials: { ...session.credentials, expiresAt } } })
  })
  await using sender = await connectClient('e2e-expired')
  const live = await watch(page, 'e2e/expired/#')
  await dropConnection(live)
  await expect(live.messagesOf(/disconnected .* – /)).toBeVisible()
  await sender.client.publishAsync('e2e/expired/a', '"with new credentials"', { qos: 1 })
  await expect(live.messagesOf('with new credentials')).toBeVisible()
  expect(answers).toBe(2)
})
