import { CreateThingTypeCommand, IoTClient, UpdateThingCommand } from '@aws-sdk/client-iot'
import type { Page } from '@playwright/test'
import { connectDevice, type TestDevice } from './device.ts'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

interface Asked {
  /** Where the device answers. */
  readonly responseTopic: string
  readonly payload: string
}

/** A device that hears its commands and answers with what `answer` makes of each; undefined: nothing. Answers what it heard. */
async function obey({ thingName, client }: TestDevice, answer: (asked: Asked) => object | undefined): Promise<Asked[]> {
  const heard: Asked[] = []
  client.on('message', (topic, payload) => {
    if (!topic.endsWith('/request/json')) return // AWS IoT answers reports, too
    const asked = { responseTopic: topic.replace('/request/', '/response/'), payload: payload.toString() }
    heard.push(asked)
    const document = answer(asked)
    if (document) client.publish(asked.responseTopic, JSON.stringify(document), { qos: 1 })
  })
  await client.subscribeAsync(`$aws/commands/things/${thingName}/executions/+/request/json`, { qos: 1 })
  return heard
}

/** A command with a level from 0 to 100, made by the form. */
async function createLevel(page: Page, ada: ConsolePage, commandId: string): Promise<void> {
  await ada.enter('Ada', '/commands')
  await page.getByRole('link', { name: 'Create command' }).first().click()
  await page.getByRole('textbox', { name: 'Id of the command' }).fill(commandId)
  await page.getByRole('textbox', { name: 'Template' }).click()
  await page.keyboard.insertText('{"level": "${aws:iot:commandexecution::parameter:level}"}')
  await page.getByRole('button', { name: 'Declare it' }).click()
  await page.getByRole('button', { name: /Type of parameter 1/ }).click()
  await page.getByRole('option', { name: 'Whole number, 32 bits' }).click()
  await page.getByRole('button', { name: 'Add condition' }).click()
  await page.getByRole('textbox', { name: 'From' }).fill('0')
  await page.getByRole('textbox', { name: /To$/ }).fill('100')
  await page.getByRole('button', { name: 'Create command' }).click()
  await expect(ada.heading(commandId)).toBeVisible()
  await expect(page.getByRole('cell', { name: 'From 0 to 100' })).toBeVisible()
}

test('a command with a value is made, refused where the value is wrong, sent, and its answer seen live', async ({
  page,
}) => {
  await using lamp = await connectDevice(freshName('e2e-lamp'))
  const heard = await obey(lamp, () => ({
    status: 'SUCCEEDED',
    statusReason: { reasonCode: 'DONE', reasonDescription: 'as it was told' },
    result: { level: { s: '20' }, changed: { b: true } },
  }))
  const commandId = freshName('e2e-level')
  const ada = new ConsolePage(page)
  await createLevel(page, ada, commandId)

  await page.getByRole('link', { name: 'Send command' }).click()
  await page.getByRole('combobox', { name: 'Thing' }).fill(lamp.thingName)
  const level = page.getByRole('textbox', { name: 'level' })
  await level.fill('101')
  await page.getByRole('button', { name: 'Send command' }).click()
  await expect(page.getByText('It does not satisfy its condition IN_RANGE 0 to 100.', { exact: true })).toBeVisible()
  await level.fill('20')
  await expect(page.getByText('Its device is connected')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'What the device gets' })).toContainText('{"level":20}')
  await page.getByRole('button', { name: 'Send command' }).click()

  await expect(page.getByText('Succeeded', { exact: true })).toBeVisible()
  await expect(page.getByText('as it was told')).toBeVisible()
  await expect(page.getByText('Answered changed')).toBeVisible()
  expect(heard.map(({ payload }) => payload)).toEqual(['{"level":20}'])

  await ada.enter('Ada', `/things/${lamp.thingName}?tab=commands`)
  const row = page.getByRole('row', { name: new RegExp(commandId) })
  await expect(row.getByText('Succeeded')).toBeVisible()
})

test('a device that does not answer in time times out; what it says late is taken, and seen', async ({ page }) => {
  await using lamp = await connectDevice(freshName('e2e-slow'))
  const heard = await obey(lamp, () => undefined)
  const ada = new ConsolePage(page)
  const commandId = freshName('e2e-late')
  await createLevel(page, ada, commandId)
  await ada.enter('Ada', `/send-command?command=${commandId}&thing=${lamp.thingName}`)
  await page.getByRole('textbox', { name: 'level' }).fill('5')
  await page.getByRole('textbox', { name: 'Time-out in seconds' }).fill('1')
  await page.getByRole('button', { name: 'Send command' }).click()
  await expect(page.getByText('The device did not answer in time')).toBeVisible()
  await expect(page.getByText('$NO_RESPONSE_FROM_DEVICE')).toBeVisible()

  const [asked] = heard
  if (!asked) throw new Error('The device heard nothing')
  const late = { status: 'FAILED', statusReason: { reasonCode: 'TOO_HOT' } }
  await lamp.client.publishAsync(asked.responseTopic, JSON.stringify(late), { qos: 1 })
  await expect(page.getByText('TOO_HOT')).toBeVisible()
  await expect(page.getByText('The device did not answer in time')).toBeHidden()
})

test('a command kept as a button of a type is sent from a thing of it, after it was said what is sent', async ({
  page,
}) => {
  const type = freshName('e2e-type')
  await using lamp = await connectDevice(freshName('e2e-button'))
  const iot = new IoTClient(stack.sdk)
  await iot.send(new CreateThingTypeCommand({ thingTypeName: type }))
  await iot.send(new UpdateThingCommand({ thingName: lamp.thingName, thingTypeName: type }))
  const heard = await obey(lamp, () => ({ status: 'REJECTED', statusReason: { reasonCode: 'LOCKED' } }))
  const ada = new ConsolePage(page)
  const commandId = freshName('e2e-night')
  await createLevel(page, ada, commandId)
  await ada.enter('Ada', `/send-command?command=${commandId}&thing=${lamp.thingName}`)
  await page.getByRole('textbox', { name: 'level' }).fill('10')
  await page.getByRole('button', { name: 'Save as a button' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'What the button says' }).fill('Night')
  await dialog.getByRole('button', { name: 'Add button' }).click()
  await expect(page.getByText(`The button Night is on each thing of the type ${type}`)).toBeVisible()

  await ada.enter('Ada', `/things/${lamp.thingName}?tab=commands`)
  await page.getByRole('button', { name: 'Night' }).click()
  await expect(dialog.getByText('{"level":10}')).toBeVisible()
  expect(heard).toEqual([])
  await dialog.getByRole('button', { name: 'Send command' }).click()
  await expect(page.getByText('LOCKED')).toBeVisible()
  expect(heard.map(({ payload }) => payload)).toEqual(['{"level":10}'])
})

test('bytes from a file are sent to a client by its id, and what it answers is seen', async ({ page }) => {
  const clientId = freshName('e2e-client')
  await using gate = await connectDevice(freshName('e2e-gate'), clientId)
  const heard: Buffer[] = []
  gate.client.on('message', (topic, payload) => {
    if (!topic.endsWith('/request')) return
    heard.push(payload)
    const answer = { status: 'SUCCEEDED', statusReason: { reasonCode: 'OPENED' } }
    gate.client.publish(topic.replace(/request$/, 'response/json'), JSON.stringify(answer), { qos: 1 })
  })
  await gate.client.subscribeAsync(`$aws/commands/clients/${clientId}/executions/+/request`, { qos: 1 })
  const commandId = freshName('e2e-bytes')
  const ada = new ConsolePage(page)
  await ada.enter('Ada', '/create-command')
  await page.getByRole('textbox', { name: 'Id of the command' }).fill(commandId)
  await page.getByRole('radio', { name: /^Always the same/ }).check()
  const bytes = Buffer.from([0, 255, 16])
  const file = { name: 'open.bin', mimeType: 'application/octet-stream', buffer: bytes }
  await page.locator('input[type=file]').setInputFiles(file)
  await expect(page.getByRole('textbox', { name: 'Payload in Base64' })).toHaveValue('AP8Q')
  await page.getByRole('button', { name: 'Create command' }).click()
  await expect(ada.heading(commandId)).toBeVisible()

  await page.getByRole('link', { name: 'Send command' }).click()
  await page.getByRole('radio', { name: /^A client, by its id/ }).check()
  await page.getByRole('textbox', { name: 'Client id' }).fill(clientId)
  await page.getByRole('button', { name: 'Send command' }).click()
  await expect(page.getByText('Succeeded', { exact: true })).toBeVisible()
  await expect(page.getByText('OPENED')).toBeVisible()
  expect(heard).toEqual([bytes])
})
