import {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DescribeThingGroupCommand,
  IoTClient,
  ListAttachedPoliciesCommand,
  ListTagsForResourceCommand,
  ListThingGroupsForThingCommand,
  ListThingsInThingGroupCommand,
  UpdateThingGroupCommand,
} from '@aws-sdk/client-iot'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

test('a group is made below another, and gets a thing', async ({ page }) => {
  const iot = new IoTClient(stack.sdk)
  const [site, hall, thingName] = [freshName('e2e-site'), freshName('e2e-hall'), freshName('e2e-lamp')]
  await iot.send(new CreateThingGroupCommand({ thingGroupName: site }))
  await iot.send(new CreateThingCommand({ thingName }))
  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/create-thing-group?parent=${site}`)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(hall)
  await page.getByRole('button', { name: 'Create thing group' }).click()
  await expect(grace.heading(hall)).toBeVisible()

  await page.getByRole('button', { name: 'Add thing' }).first().click()
  const dialog = page.getByRole('dialog', { name: /^Add a thing/ })
  await dialog.getByRole('combobox', { name: 'Thing' }).fill(thingName)
  await page.keyboard.press('Escape') // the suggestions
  await dialog.getByRole('button', { name: 'Add thing' }).click()
  await expect(page.getByRole('link', { name: thingName })).toBeVisible()
  const { thingGroups } = await iot.send(new ListThingGroupsForThingCommand({ thingName }))
  expect(thingGroups?.map(({ groupName }) => groupName)).toEqual([hall])
})

test('the tree is opened by keyboard, and a policy is attached after it was said whom it reaches', async ({ page }) => {
  const iot = new IoTClient(stack.sdk)
  const [site, hall] = [freshName('e2e-site'), freshName('e2e-hall')]
  const [thingName, policyName] = [freshName('e2e-lamp'), freshName('e2e-base')]
  await iot.send(new CreateThingGroupCommand({ thingGroupName: site }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: hall, parentGroupName: site }))
  await iot.send(new CreateThingCommand({ thingName }))
  await iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName: hall }))
  await iot.send(
    new CreatePolicyCommand({
      policyName,
      policyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }],
      }),
    }),
  )
  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/thing-groups?begins=${site}`)
  const tree = page.getByRole('treegrid', { name: 'Thing groups' })
  await tree.getByRole('button', { name: `Expand ${site}` }).focus()
  await page.keyboard.press('Enter')
  const below = tree.getByRole('row', { name: new RegExp(hall) })
  await expect(below).toHaveAttribute('aria-level', '2')
  await expect(below.getByRole('link', { name: '1 thing' })).toBeVisible()

  await tree.getByRole('link', { name: site }).click()
  await page.getByRole('tab', { name: 'Policies' }).click()
  await page.getByRole('button', { name: 'Attach policy' }).first().click()
  const dialog = page.getByRole('dialog', { name: /^Attach a policy/ })
  await dialog.getByRole('button', { name: /^Policy/ }).click()
  await page.getByRole('combobox', { name: 'Find policies' }).fill(policyName)
  await expect(page.getByRole('option')).toHaveCount(1) // as it is found: what was offered before goes from under the pointer
  await page.getByRole('option', { name: policyName }).click()
  await expect(dialog.getByText('It reaches 1 thing', { exact: false })).toBeVisible()
  await dialog.getByRole('button', { name: 'Attach policy' }).click()
  await expect(page.getByRole('link', { name: policyName })).toBeVisible()
})

test('who edits a group that somebody else changed meanwhile merges both, and can undo', async ({ page }) => {
  const iot = new IoTClient(stack.sdk)
  const thingGroupName = freshName('e2e-edited')
  await iot.send(new CreateThingGroupCommand({ thingGroupName }))
  const described = async () => {
    const { thingGroupProperties, version } = await iot.send(new DescribeThingGroupCommand({ thingGroupName }))
    return {
      version,
      description: thingGroupProperties?.thingGroupDescription ?? '',
      attributes: thingGroupProperties?.attributePayload?.attributes ?? {},
    }
  }
  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/thing-groups/${thingGroupName}`)
  await page.getByRole('button', { name: 'Edit thing group' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Description' }).fill('mine')
  await iot.send(
    new UpdateThingGroupCommand({
      thingGroupName,
      thingGroupProperties: { attributePayload: { attributes: { city: 'Kiel' } } },
    }),
  )
  await dialog.getByRole('button', { name: 'Save thing group' }).click()
  await dialog.getByRole('button', { name: 'Merge both changes' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Value 1' })).toHaveValue('Kiel')
  await dialog.getByRole('button', { name: 'Save thing group' }).click()
  await expect(dialog).toBeHidden()
  expect(await described()).toEqual({ version: 3, description: 'mine', attributes: { city: 'Kiel' } })
  await grace.flashes.getByRole('button', { name: 'Undo' }).first().click()
  await expect(grace.flashes.getByText(`Undone: The thing group ${thingGroupName} was changed`)).toBeVisible()
  expect(await described()).toEqual({ version: 4, description: '', attributes: { city: 'Kiel' } })
})

test('a group moves with what is below it, in it and attached to it; back by undo; and under a new name', async ({
  page,
}) => {
  const iot = new IoTClient(stack.sdk)
  const [site, yard, hall, lamps] = [
    freshName('e2e-site'),
    freshName('e2e-yard'),
    freshName('e2e-hall'),
    freshName('e2e-lamps'),
  ]
  const policyName = freshName('e2e-own')
  const allow = { Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [allow] })
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: site }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: yard }))
  await iot.send(
    new CreateThingGroupCommand({
      thingGroupName: hall,
      parentGroupName: site,
      thingGroupProperties: { thingGroupDescription: 'cold', attributePayload: { attributes: { floor: '1' } } },
      tags: [{ Key: 'cost', Value: '42' }],
    }),
  )
  await iot.send(new CreateThingGroupCommand({ thingGroupName: lamps, parentGroupName: hall }))
  const { thingGroupArn = '' } = await iot.send(new DescribeThingGroupCommand({ thingGroupName: hall }))
  await iot.send(new AttachPolicyCommand({ policyName, target: thingGroupArn }))
  // So many that they are put back by a bulk change, and a few that are not.
  const prefix = freshName('e2e-moved')
  const inHall = Array.from({ length: 21 }, (_, index) => `${prefix}-${String(index).padStart(2, '0')}`)
  const inLamps = [`${prefix}-lamp`]
  for (const [thingGroupName, names] of [
    [hall, inHall],
    [lamps, inLamps],
  ] as const) {
    await Promise.all(
      names.map(async (thingName) => {
        await iot.send(new CreateThingCommand({ thingName }))
        await iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }))
      }),
    )
  }
  const placeOf = async (thingGroupName: string) => {
    const group = await iot.send(new DescribeThingGroupCommand({ thingGroupName }))
    const { things } = await iot.send(new ListThingsInThingGroupCommand({ thingGroupName }))
    const { policies } = await iot.send(new ListAttachedPoliciesCommand({ target: group.thingGroupArn }))
    const { tags } = await iot.send(new ListTagsForResourceCommand({ resourceArn: group.thingGroupArn }))
    return {
      parents: group.thingGroupMetadata?.rootToParentThingGroups?.map(({ groupName }) => groupName),
      description: group.thingGroupProperties?.thingGroupDescription,
      attributes: group.thingGroupProperties?.attributePayload?.attributes,
      things,
      policies: policies?.map((policy) => policy.policyName),
      tags,
    }
  }
  const [hallBefore, lampsBefore] = [await placeOf(hall), await placeOf(lamps)]

  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/thing-groups/${hall}`)
  const dialog = page.getByRole('dialog', { name: `Move the thing group ${hall}` })
  const open = async () => {
    await page.getByRole('button', { name: 'Move thing group' }).click()
    await dialog.getByRole('button', { name: /^Below/ }).click()
    await page.getByRole('combobox', { name: 'Find thing groups' }).fill(yard)
    await expect(page.getByRole('option')).toHaveCount(2) // the one that is found, and none: what was offered before is gone
    await page.getByRole('option', { name: yard }).click()
  }
  await open()
  await expect(dialog.getByRole('cell', { name: `${yard} › ${hall} › ${lamps}` })).toBeVisible()
  await expect(dialog.getByText('22 things are in no group of it', { exact: false })).toBeVisible()
  await dialog.getByRole('button', { name: 'Move thing group' }).click()
  await expect(grace.flashes.getByText(`The thing group ${hall} was moved`)).toBeVisible()
  expect(await placeOf(hall)).toEqual({ ...hallBefore, parents: [yard] })
  expect(await placeOf(lamps)).toEqual({ ...lampsBefore, parents: [yard, hall] })

  // What somebody else puts into it meanwhile is not lost with the group that is deleted again.
  const late = `${prefix}-late`
  await iot.send(new CreateThingCommand({ thingName: late }))
  await iot.send(new AddThingToThingGroupCommand({ thingName: late, thingGroupName: hall }))
  await grace.flashes.getByRole('button', { name: 'Undo' }).click()
  await expect(grace.flashes.getByText('What was done is undone.')).toBeVisible()
  const hallThen = { ...hallBefore, things: [...(hallBefore.things ?? []), late] }
  expect(await placeOf(hall)).toEqual(hallThen)
  expect(await placeOf(lamps)).toEqual(lampsBefore)

  const renamed = freshName('e2e-north')
  await open()
  await dialog.getByRole('textbox', { name: 'Name' }).fill(site)
  await expect(dialog.getByText('There is a thing group of this name.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Name' }).fill(renamed)
  await dialog.getByRole('button', { name: 'Move thing group' }).click()
  await expect(grace.heading(renamed)).toBeVisible()
  expect(await placeOf(renamed)).toEqual({ ...hallThen, parents: [yard] })
  expect(await placeOf(lamps)).toEqual({ ...lampsBefore, parents: [yard, renamed] })
  await expect(placeOf(hall)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})
