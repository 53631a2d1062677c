import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DetachPolicyCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import type { Page } from '@playwright/test'
import { dropConnection, renewConnection } from './drop-connection.ts'
import { freshName } from './fresh-name.ts'
import { ShadowPage } from './pages/shadow-page.ts'
import { shadowService } from './shadow-service.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

const iot = new IoTClient(stack.sdk)

/** Opens the classic shadow of a thing that desires this. */
async function open(page: Page, thingName: string, desired: object): Promise<ShadowPage> {
  await shadowService.update(thingName, { desired })
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', `/things/${thingName}/shadow`)
  await expect(shadow.table).toBeVisible()
  await expect(shadow.connection).toHaveAccessibleName(/live/)
  return shadow
}

async function identityOf(page: Page): Promise<string> {
  const { clientIdPrefix } = await (await page.request.get('/api/session/mqtt')).json()
  return clientIdPrefix.slice('thingdeck-'.length, -1)
}

test('a version that is refused as old comes back as a merge: both changes hold', async ({ page }) => {
  const thingName = freshName('e2e-conflict-merged')
  const ada = await open(page, thingName, { mine: 1, theirs: 1 })
  const policy = { policyName: 'thingdeck-operator', target: await identityOf(page) }
  await iot.send(new DetachPolicyCommand(policy))
  // With new credentials the policy would be attached again, and the second update go over MQTT.
  await page.context().route('**/api/session/mqtt*', (route) => route.abort())
  // What others write is not heard before the save is refused: nor by what was asked before they wrote.
  const answers: number[] = []
  const refused = Promise.withResolvers<void>()
  await page.route(`/api/things/${thingName}/shadow*`, async (route) => {
    if (route.request().method() === 'GET') {
      await refused.promise
      await route.continue()
      return
    }
    const response = await route.fetch()
    answers.push(response.status())
    refused.resolve()
    await route.fulfill({ response })
  })
  try {
    await dropConnection(ada)
    await expect(page.getByText(/updates go over REST/)).toBeVisible()
    await ada.draft({ mine: 2, theirs: 1 })
    await shadowService.update(thingName, { desired: { theirs: 2 } })
    await ada.updateButton.click()
    await expect(page.getByText(/no changes/)).toBeVisible()
    expect(answers).toEqual([409, 200])
    expect((await shadowService.get(thingName)).state.desired).toEqual({ mine: 2, theirs: 2 })
  } finally {
    await iot.send(new AttachPolicyCommand(policy))
  }
})

test('an update that is refused says why, and the draft stays until it can be sent', async ({ page }) => {
  const thingName = freshName('e2e-refused')
  const ada = await open(page, thingName, { a: 1 })
  const { version } = await shadowService.get(thingName)
  const policyName = `e2e-deny-${Date.now()}`
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action: 'iot:Publish',
        Resource: `arn:aws:iot:*:*:topic/$aws/things/${thingName}/shadow/update`,
      },
    ],
  })
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
  const target = await identityOf(page)
  await iot.send(new AttachPolicyCommand({ policyName, target }))
  await renewConnection(ada) // policies are those of the moment of connecting, at the latest
  await expect(page.getByText('live', { exact: true })).toBeVisible() // until then updates go over REST, which may
  try {
    await ada.draft({ a: 'kept' })
    await ada.updateButton.click()
    await expect(page.getByText('The update did not go through')).toBeVisible()
    await expect(page.getByText(/The IoT policy of your role does not allow it/)).toBeVisible()
    await expect(ada.editor).toContainText('kept')
    expect((await shadowService.get(thingName)).version).toBe(version)
  } finally {
    await iot.send(new DetachPolicyCommand({ policyName, target }))
    await iot.send(new DeletePolicyCommand({ policyName }))
  }
  await renewConnection(ada)
  await ada.updateButton.click()
  await expect(page.getByText(/no changes/)).toBeVisible()
  expect((await shadowService.get(thingName)).state.desired).toEqual({ a: 'kept' })
})
