import { CreateTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot'
import { freshName, freshRuleName } from './fresh-name.ts'
import { connectClient } from './mqtt-client.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'
import { watch } from './watch-live.ts'

test('a draft is rehearsed on live messages beside what is deployed, and says what was Undefined', async ({ page }) => {
  const name = freshRuleName('e2e_rehearsed')
  await new IoTClient(stack.sdk).send(
    new CreateTopicRuleCommand({
      ruleName: name,
      topicRulePayload: {
        sql: `SELECT temperature AS t FROM 'e2e/${name}/+' WHERE temperature > 30`,
        actions: [{ republish: { roleArn: 'arn:aws:iam::123456789012:role/e2e-rules', topic: 'alarms/${topic(3)}' } }],
        awsIotSqlVersion: '2016-03-23',
      },
    }),
  )
  await using sender = await connectClient(name)
  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/rules/${name}/edit`)
  await page.getByRole('textbox', { name: 'SQL', exact: true }).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(`SELECT temperature AS t FROM 'e2e/${name}/+' WHERE temperature > 20`)
  await page.getByRole('checkbox', { name: 'Live messages', exact: true }).check()
  await expect(page.getByText(`Subscribed to e2e/${name}/+ at QoS 0`)).toBeVisible()
  for (const [topic, payload] of [
    ['a', '{"temperature":35}'],
    ['b', '{"temperature":25}'],
    ['c', '{"light":1}'],
  ]) {
    await sender.client.publishAsync(`e2e/${name}/${topic}`, payload ?? '', { qos: 1 })
  }
  await expect(page.getByText(/^3 seen · 2 match · 1 does not · 1 message decided differently/)).toBeVisible()
  const messages = page.getByRole('list', { name: 'Messages' })
  await expect(messages).toContainText('temperature > 20 is Undefined: the message has no temperature')
  await page
    .getByRole('button', { name: 'Different', exact: true })
    .or(page.getByRole('radio', { name: 'Different', exact: true }))
    .click()
  await expect(messages.getByRole('listitem')).toHaveCount(1)
  await expect(messages).toContainText('Deployed:')
  await messages.getByRole('button').click()
  const message = page.getByRole('region', { name: 'Message rehearsed' })
  await expect(message).toContainText('alarms/b')

  await message.getByRole('button', { name: 'Save as a test case' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('warm')
  await dialog.getByRole('button', { name: 'Save test case' }).click()
  await expect(page.getByText('Test cases (1, all passed)')).toBeVisible()

  // What a test case no longer gives is said before it is deployed.
  await page.getByRole('textbox', { name: 'SQL', exact: true }).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(`SELECT temperature AS t FROM 'e2e/${name}/+' WHERE temperature > 28`)
  await page.getByRole('button', { name: 'Replace rule' }).click()
  await expect(dialog.getByRole('list', { name: 'Test cases that fail' })).toHaveText('warm')
  await dialog.getByRole('button', { name: 'Replace rule all the same' }).click()
  await expect(page).toHaveURL(`/rules/${name}`)
})

test('the inspector is filtered with the SQL of rules, and a rule is made of the filter', async ({ page }) => {
  const name = freshName('e2e-sql')
  await using sender = await connectClient(name)
  const live = await watch(page, `e2e/${name}/#`, 'Grace')
  for (const temperature of [10, 25, 40]) {
    await sender.client.publishAsync(`e2e/${name}/t`, JSON.stringify({ temperature }), { qos: 1 })
  }
  await expect(live.counters).toContainText('received 3')
  // What messages have is offered as the SQL is typed, as in the editor of rules.
  await live.filterField.fill('SQL te')
  await page.getByRole('group', { name: 'The SQL may go on with' }).getByRole('button', { name: 'temperature' }).click()
  await expect(live.filterField).toHaveValue('SQL temperature ')
  await live.filter('SQL temperature > 20')
  await expect(live.counters).toContainText('shown 2')
  await live.filter('SQL temperatur(1) > 20')
  await expect(page.getByText(/There is no function temperatur\(\).*It is about “temperatur\(1\)”/)).toBeVisible()
  await live.filter('SQL temperature > 30')
  await expect(live.counters).toContainText('shown 1')
  await page.getByRole('link', { name: 'Make a rule of this filter' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Create rule' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'SQL', exact: true })).toContainText(
    `SELECT * FROM 'e2e/${name}/#' WHERE temperature > 30`,
  )
})
