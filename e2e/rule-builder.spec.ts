import { GetTopicRuleCommand, IoTClient, ReplaceTopicRuleCommand } from '@aws-sdk/client-iot'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { freshName, freshRuleName } from './fresh-name.ts'
import { connectClient } from './mqtt-client.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

test('somebody who never wrote a rule is told in SQS when any pump is over 3 bar', async ({ page }) => {
  const name = freshRuleName('over')
  const sqs = new SQSClient(stack.sdk)
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }))
  await using pumps = await connectClient(freshName('pumps'))
  for (const pump of ['pump-7', 'pump-8']) {
    await pumps.client.publishAsync(`${name}/${pump}/data`, '{"bar":2.4,"celsius":20}', { qos: 1, retain: true })
  }

  const grace = new ConsolePage(page)
  await grace.enter('Grace', '/create-rule')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)

  // The editor knows topics and members of messages that were seen.
  const editor = page.getByRole('textbox', { name: 'SQL', exact: true })
  await editor.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('SELECT * FROM ')
  // What is offered is what is known as it is asked for.
  const seen = page.getByRole('option', { name: `'${name}/+/data'`, exact: true })
  await expect(async () => {
    await page.keyboard.press('Control+Space')
    await expect(seen).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await seen.click()
  await expect(page.getByText('Members of 2 messages are offered by their names.')).toBeVisible()
  await page.keyboard.type(' WHERE ba')
  await page.keyboard.press('Control+Space')
  await page.getByRole('option', { name: /^bar/ }).click()
  await page.keyboard.type(' => 3')
  const found = page.getByRole('region', { name: 'What was found in the SQL' })
  await expect(found.getByText('1 error')).toBeVisible()
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('> 3')
  await expect(found.getByText('AWS takes this statement')).toBeVisible()

  await page.getByRole('button', { name: 'Add an action' }).click()
  await page.getByRole('option', { name: /^SQS/ }).click()
  await page.getByRole('combobox', { name: 'Queue URL' }).fill(QueueUrl)
  const role = page.getByRole('region', { name: 'A new role' })
  await expect(role.getByText(`arn:aws:sqs:us-east-1:123456789012:${name}`).first()).toBeVisible()
  await role.getByRole('button', { name: 'Create role' }).click()
  await expect(page.getByText('It trusts AWS IoT.')).toBeVisible()
  await expect(page.getByLabel('Allowed', { exact: true })).toBeAttached()
  await page.getByRole('button', { name: 'Create rule' }).click()
  await expect(grace.heading(name)).toBeVisible()

  await pumps.client.publishAsync(`${name}/pump-7/data`, '{"bar":2.9}', { qos: 1 })
  await pumps.client.publishAsync(`${name}/pump-8/data`, '{"bar":3.1}', { qos: 1 })
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 15 }))
  expect(Messages.map(({ Body }) => Body)).toEqual(['{"bar":3.1}'])
})

test('what somebody else did to a rule meanwhile is shown, and merged, and a replacement is undone', async ({
  page,
}) => {
  const ruleName = freshRuleName('shared')
  const iot = new IoTClient(stack.sdk)
  const sql = `SELECT *\nFROM '${ruleName}/data'\nWHERE bar > 3`
  const roleArn = 'arn:aws:iam::123456789012:role/undefined-here'
  const grace = new ConsolePage(page)
  await grace.enter('Grace', '/create-rule')
  const json = page.getByRole('textbox', { name: 'The rule as JSON' })
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(ruleName)
  await page.getByRole('button', { name: 'As JSON and for other tools' }).click()
  await json.click()
  await page.keyboard.press('ControlOrMeta+a')
  const topicRulePayload = {
    sql,
    description: 'Alarms',
    awsIotSqlVersion: '2016-03-23',
    actions: [{ republish: { roleArn, topic: 'alarms/${topic(2)}' } }],
  }
  await page.keyboard.insertText(JSON.stringify(topicRulePayload))
  // What is written as JSON stands in the fields.
  await expect(page.getByRole('combobox', { name: 'Topic', exact: true })).toHaveValue('alarms/${topic(2)}')
  await page.getByRole('button', { name: 'Create rule' }).click()
  await expect(grace.heading(ruleName)).toBeVisible()

  await page
    .getByRole('link', { name: 'Edit rule' })
    .or(page.getByRole('button', { name: 'Edit rule' }))
    .click()
  const editor = page.getByRole('textbox', { name: 'SQL', exact: true })
  await editor.click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type('0')
  await expect(page.getByRole('button', { name: 'Changes to what is deployed' })).toBeVisible()
  await iot.send(
    new ReplaceTopicRuleCommand({
      ruleName,
      topicRulePayload: { ...topicRulePayload, description: 'Alarms of pumps' },
    }),
  )
  await page.getByRole('button', { name: 'Replace rule' }).click()
  await expect(page.getByText('Somebody else replaced the rule meanwhile').first()).toBeVisible()
  await page.getByRole('button', { name: 'Merge both changes' }).click()
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('Alarms of pumps')
  await page.getByRole('button', { name: 'Replace rule' }).click()
  await expect(page).toHaveURL(`/rules/${ruleName}`)
  const read = async () => (await iot.send(new GetTopicRuleCommand({ ruleName }))).rule
  expect(await read()).toMatchObject({ sql: `${sql}0`, description: 'Alarms of pumps' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(async () => expect(await read()).toMatchObject({ sql, description: 'Alarms of pumps' })).toPass()
})
