import { connectClient } from './mqtt-client.ts'
import { startOwnStack } from './own-stack.ts'
import { LivePage } from './pages/live-page.ts'
import { expect, test } from './test.ts'
import { expectInForce } from './watch-live.ts'

test('what was received outlives a restart of the console, a recording goes on, and the hole is marked', async ({
  page,
  context,
}) => {
  await using own = await startOwnStack()
  await using sender = await connectClient('e2e-session-end', own.server.http)
  const say = (text: string) => sender.client.publishAsync('e2e/session-end/a', text, { qos: 1 })
  const live = new LivePage(page)
  await live.signIn('Ada', `${own.console}/live`)
  await live.subscribe('e2e/session-end/#')
  await expectInForce(live, 'e2e/session-end/#')
  await live.button('Record').click()
  await expect(live.button(/^Stop recording/)).toBeVisible()
  await say('before')
  await expect(live.messagesOf('before')).toBeVisible()

  await own.restartConsole()
  await live.goTo('Things')
  const signIn = page.getByRole('button', { name: 'Sign in again' })
  await expect(signIn).toBeVisible()
  await live.goTo('Live messages')
  await expect(live.messagesOf('before')).toBeVisible()
  await say('meanwhile')
  await live.open('before')
  await expect(live.detail).toContainText('before')

  const beside = context.waitForEvent('page')
  await signIn.click()
  await beside // the issuer knows the person: that tab closes by itself
  await expect(signIn).toHaveCount(0)
  await expect(live.connection).toHaveAccessibleName(/live/)
  await expect(live.messagesOf(/^disconnected .*nobody was signed in/)).toBeVisible()
  await say('after')
  await expect(live.messagesOf('after')).toBeVisible()
  await expect(live.messagesOf('before')).toBeVisible()
  await expect(live.messagesOf('meanwhile')).toHaveCount(0)
  await expect(live.button('Stop recording 2')).toBeVisible()
})
