import {
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DescribeCertificateCommand,
  DescribeThingCommand,
  IoTClient,
  ListThingGroupsForThingCommand,
  ListThingPrincipalsCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot'
import { GetThingShadowCommand, IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import { connectDevice } from './device.ts'
import { registerThings } from './fleet.ts'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

const iot = new IoTClient(stack.sdk)
const data = new IoTDataPlaneClient(stack.sdk)

test('a thing is made, and edited while somebody else is faster: nothing is overwritten unseen', {
  tag: '@aws',
}, async ({ page }) => {
  const name = freshName('e2e-thing')
  await iot.send(new CreateThingTypeCommand({ thingTypeName: name }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: name }))
  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/create-thing?type=${name}&group=${name}`)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  for (const [index, [attribute, value]] of [
    ['site', 'hall-2'],
    ['serial', '7'],
  ].entries()) {
    await page.getByRole('button', { name: 'Add attribute' }).click()
    await page.getByRole('textbox', { name: `Name of attribute ${index + 1}` }).fill(attribute ?? '')
    await page.getByRole('textbox', { name: `Value of attribute ${index + 1}` }).fill(value ?? '')
  }
  await page.getByRole('button', { name: 'Create thing' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  const { thingGroups } = await iot.send(new ListThingGroupsForThingCommand({ thingName: name }))
  expect(thingGroups?.map(({ groupName }) => groupName)).toEqual([name])

  await page.getByRole('button', { name: 'Edit type and attributes' }).click()
  await page.getByRole('textbox', { name: 'Value of attribute 2' }).fill('hall-9')
  await iot.send(
    new UpdateThingCommand({
      thingName: name,
      attributePayload: { attributes: { site: 'hall-3', serial: '8' }, merge: true },
    }),
  )
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Version 2 changed 1 key that you are changing too: choose')).toBeVisible()
  await page.getByRole('button', { name: 'Mine: hall-9' }).click()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(grace.flashes.getByText(`${name} was changed`)).toBeVisible()
  const after = await iot.send(new DescribeThingCommand({ thingName: name }))
  expect(after).toMatchObject({ thingTypeName: name, attributes: { site: 'hall-9', serial: '8' }, version: 3 })
})

test('a connected thing is deleted with all that is its own, and put back as far as that goes', {
  tag: '@aws',
}, async ({ page }) => {
  const name = freshName('e2e-thing')
  await using device = await connectDevice(name)
  const payload = Buffer.from('{"state":{"desired":{"target":21.50}}}')
  await data.send(new UpdateThingShadowCommand({ thingName: name, payload }))
  const before = await iot.send(new ListThingPrincipalsCommand({ thingName: name }))
  const [principal = ''] = before.principals ?? []
  const certificateId = principal.split('/').at(-1) ?? ''
  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/things/${name}`)
  await page.getByRole('button', { name: 'Delete thing' }).click()
  const dialog = page.getByRole('dialog', { name: `Delete the thing ${name}` })
  await expect(dialog.getByText(/would leave its certificates active/)).toBeVisible()
  const closed = new Promise<void>((resolve) => device.client.once('close', () => resolve()))
  await dialog.getByLabel(`To go on, type ${name}`).fill(name)
  await dialog.getByRole('button', { name: 'Delete thing' }).click()
  const done = grace.flashes.getByText(`The thing ${name} was deleted`)
  await expect(done).toBeVisible()
  await closed
  await expect(iot.send(new DescribeThingCommand({ thingName: name }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await expect(data.send(new GetThingShadowCommand({ thingName: name }))).rejects.toThrow(/No shadow exists/)
  const status = async () =>
    (await iot.send(new DescribeCertificateCommand({ certificateId }))).certificateDescription?.status
  expect(await status()).toBe('INACTIVE')

  await grace.flashes.getByRole('button', { name: 'Undo' }).click()
  await expect(grace.flashes.getByText('What was done is undone.')).toBeVisible()
  expect(await status()).toBe('ACTIVE')
  expect((await iot.send(new ListThingPrincipalsCommand({ thingName: name }))).principals).toEqual([principal])
  const shadow = await data.send(new GetThingShadowCommand({ thingName: name }))
  expect(Buffer.from(shadow.payload ?? []).toString()).toContain('"desired":{"target":21.50}')
})

test('a certificate is attached to another thing, found by its id, and detached again', async ({ page }) => {
  const name = freshName('e2e-thing')
  await using _ = await connectDevice(`${name}-a`)
  await registerThings([`${name}-b`])
  const { principals } = await iot.send(new ListThingPrincipalsCommand({ thingName: `${name}-a` }))
  const certificateId = principals?.[0]?.split('/').at(-1) ?? ''
  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/things/${name}-b?tab=certificates`)
  await page.getByRole('button', { name: 'Attach certificate' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Certificate' }).fill(certificateId)
  await expect(dialog.getByText(`It is also attached to ${name}-a`)).toBeVisible()
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Attach certificate' }).click()
  const row = page.getByRole('row').filter({ hasText: `${name}-a` })
  await expect(row).toContainText('Not exclusively')
  await row.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Detach from thing' }).click()
  await expect(dialog.getByText('It is the only principal of the thing')).toBeVisible()
  await dialog.getByRole('button', { name: 'Detach from thing' }).click()
  await expect(page.getByText('No principals')).toBeVisible()
  const after = await iot.send(new ListThingPrincipalsCommand({ thingName: `${name}-b` }))
  expect(after.principals).toEqual([])
})
