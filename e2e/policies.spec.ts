import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateThingGroupCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import type { Page } from '@playwright/test'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

/** Puts a text in place of the one in an editor. */
async function write(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label }).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

const documentOf = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })

test('an admin makes a policy of a template, and attaches it', async ({ page }) => {
  const name = freshName('e2e-device')
  const grace = new ConsolePage(page)
  await grace.enter('Grace', '/policies')
  await page.getByRole('link', { name: 'Create policy' }).first().click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await expect(page.getByRole('textbox', { name: 'Document' })).toContainText('ConnectAsItsThing')
  await page.getByRole('button', { name: 'Create policy' }).click()
  await expect(grace.heading(name)).toBeVisible()
  await expect(page.getByText('Attached to nothing')).toBeVisible()

  const iot = new IoTClient(stack.sdk)
  const thingGroupName = freshName('e2e-halls')
  await iot.send(new CreateThingGroupCommand({ thingGroupName }))
  await page.getByRole('button', { name: 'Attach policy' }).first().click()
  await page.getByRole('radio', { name: /A thing group/ }).click()
  await page.getByRole('button', { name: /^Thing group/ }).click()
  await page.getByLabel('Find thing groups').fill(thingGroupName)
  await expect(page.getByRole('option')).toHaveCount(1) // as it is found: what was offered before goes from under the pointer
  await page.getByRole('option', { name: thingGroupName }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Attach policy' }).click()
  await expect(page.getByRole('link', { name: thingGroupName })).toBeVisible()
})

test('a draft outlives a reload and becomes a version, and the one before can decide again', { tag: '@aws' }, async ({
  page,
}) => {
  const name = freshName('e2e-changed')
  const iot = new IoTClient(stack.sdk)
  await iot.send(new CreatePolicyCommand({ policyName: name, policyDocument: documentOf('iot:Connect') }))
  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/policies/${name}?tab=edit`)
  await write(page, `Draft of ${name}`, documentOf('iot:Receive'))
  await page.reload()
  await expect(page.getByRole('textbox', { name: `Draft of ${name}` })).toContainText('iot:Receive')
  await page.getByRole('button', { name: 'Save new version' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('It decides in place of version 1, which stays.', { exact: false })).toBeVisible()
  await dialog.getByRole('button', { name: 'Save new version' }).click()
  await expect(page.getByRole('textbox', { name: 'Document of version 2' })).toContainText('iot:Receive')

  await page.getByRole('tab', { name: 'Versions' }).click()
  await page.getByRole('button', { name: 'Actions for version 1' }).click()
  await page.getByRole('menuitem', { name: 'Set as default' }).click()
  await dialog.getByRole('button', { name: 'Set as default' }).click()
  await expect(grace.flashes.getByText(`Version 1 of ${name} is the default`)).toBeVisible()
  await grace.flashes.getByRole('button', { name: 'Undo' }).first().click()
  await expect(page.getByRole('rowheader', { name: '2 default' })).toBeVisible()
})

test('a policy is deleted with what it is attached to, by one plan', async ({ page }) => {
  const name = freshName('e2e-old')
  const thingGroupName = freshName('e2e-hall')
  const iot = new IoTClient(stack.sdk)
  await iot.send(new CreatePolicyCommand({ policyName: name, policyDocument: documentOf('iot:Connect') }))
  await iot.send(new CreatePolicyVersionCommand({ policyName: name, policyDocument: documentOf('iot:Publish') }))
  const { thingGroupArn: target } = await iot.send(new CreateThingGroupCommand({ thingGroupName }))
  await iot.send(new AttachPolicyCommand({ policyName: name, target }))

  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/policies/${name}`)
  await page.getByRole('button', { name: 'Delete policy' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(`Detach it from thing group ${thingGroupName}`)).toBeVisible()
  await expect(dialog.getByText('Delete version 2')).toBeVisible()
  await dialog.getByRole('textbox').fill(name)
  await dialog.getByRole('button', { name: 'Delete policy' }).click()
  await expect(grace.heading('Policies')).toBeVisible()
  await expect(grace.flashes.getByText(`The policy ${name} was deleted`)).toBeVisible()
  // AWS would name what is missing.
  await expect(iot.send(new AttachPolicyCommand({ policyName: name, target }))).rejects.toThrow(/not found/)
})

test('a viewer reads a policy and its versions, and is told who may change them', async ({ page }) => {
  const vera = new ConsolePage(page)
  await vera.enter('Vera', '/policies/thingdeck-fleet-device')
  await expect(vera.heading('thingdeck-fleet-device')).toBeVisible()
  await expect(page.getByRole('textbox', { name: /^Document of version/ })).toContainText('2012-10-17')
  await expect(page.getByRole('button', { name: 'Delete policy' })).toBeDisabled()
  await page.getByRole('tab', { name: 'Edit' }).click()
  await expect(page.getByRole('button', { name: 'Save new version' })).toBeDisabled()
})
