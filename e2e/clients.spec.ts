import { connectDevice } from './device.ts'
import { logAt } from './logging.ts'
import { startOwnStack } from './own-stack.ts'
import { ClientsPage } from './pages/clients-page.ts'
import { expect, test } from './test.ts'

test('an operator sends a client a message, disconnects it, and sees who fights it for its client id', async ({
  page,
}) => {
  test.slow()
  await using own = await startOwnStack()
  await logAt('INFO', own.server)
  await using device = await connectDevice('pump-1', 'pump-1', 'iot:*', own.server)
  await device.client.subscribeAsync('cmd/pump-1/#', { qos: 1 })
  const clients = new ClientsPage(page)
  await clients.enter('Ada', `${own.console}/clients`)
  await expect(async () => {
    await clients.refresh()
    await expect(clients.row('pump-1')).toContainText('Connected', { timeout: 2_000 })
  }).toPass()
  await clients.row('pump-1').getByRole('link', { name: 'pump-1' }).first().click()
  await expect(clients.heading('pump-1')).toBeVisible()

  await clients.tab('Subscriptions').click()
  await expect(page.getByRole('row').filter({ hasText: 'cmd/pump-1/#' })).toBeVisible()

  const message = new Promise<string>((resolve) =>
    device.client.once('message', (topic, payload) => resolve(`${topic} ${payload}`)),
  )
  await clients.action('Send message').click()
  await clients.dialog.getByRole('textbox', { name: 'Topic' }).fill('direct/pump-1')
  await clients.dialog.getByRole('textbox', { name: 'Payload' }).fill('{"on":true}')
  await clients.dialog.getByRole('button', { name: 'Send message' }).click()
  await expect(clients.dialog.getByText('Confirmed by the client')).toBeVisible()
  expect(await message).toBe('direct/pump-1 {"on":true}')
  await clients.dialog.getByRole('button', { name: 'Cancel' }).click()

  const isBack = new Promise<void>((resolve) => device.client.once('connect', () => resolve()))
  await clients.action('Disconnect').click()
  await clients.dialog.getByRole('button', { name: 'Disconnect client' }).click()
  await expect(clients.flashes.getByText('pump-1 was disconnected')).toBeVisible()
  await isBack // as the dialog has said

  await using impostor = await connectDevice('lamp-1', 'pump-1', 'iot:*', own.server)
  expect(impostor.thingName).toBe('lamp-1')
  await clients.tab('History').click()
  await expect(async () => {
    await clients.refresh()
    await expect(clients.fight).toContainText('has it now', { timeout: 2_000 })
  }).toPass()
  await expect(clients.fight.getByRole('listitem')).toHaveCount(2)
  await expect(page.getByText('someone ended the connection through the API').first()).toBeVisible()
})
