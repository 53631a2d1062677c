import { CreateTopicRuleCommand, GetTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot'
import { deployment } from './deployment.ts'
import { freshRuleName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

const ROLE = deployment?.ruleRoleArn ?? `arn:aws:iam::${stack.account}:role/e2e-rules`

async function makeRule(iot: IoTClient, ruleName: string, filter: string, ruleDisabled = false): Promise<void> {
  await iot.send(
    new CreateTopicRuleCommand({
      ruleName,
      topicRulePayload: {
        sql: `SELECT temperature FROM '${filter}' WHERE temperature > 20`,
        actions: [{ republish: { roleArn: ROLE, topic: `alarms/${ruleName}` } }],
        awsIotSqlVersion: '2016-03-23',
        ruleDisabled,
      },
    }),
  )
}

test('a rule is found, disabled, enabled and deleted, and the deletion taken back', { tag: '@aws' }, async ({
  page,
}) => {
  const name = freshRuleName('e2e_hot')
  const iot = new IoTClient(stack.sdk)
  await makeRule(iot, name, `e2e/${name}/data`)
  const grace = new ConsolePage(page)
  await grace.enter('Grace', `/rules?name=${name}`)
  const row = page.getByRole('row', { name })
  await expect(row).toContainText(`Republish: publishes to alarms/${name}`)
  await expect(row).toContainText('Enabled')

  await row.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(`${name} stops: Republish: publishes to alarms/${name}.`)
  await dialog.getByRole('button', { name: 'Disable rule' }).click()
  await expect(row).toContainText('Disabled')
  expect((await iot.send(new GetTopicRuleCommand({ ruleName: name }))).rule?.ruleDisabled).toBe(true)
  await page.getByRole('button', { name: 'Enable', exact: true }).click()
  await expect(row).toContainText('Enabled')

  await row.getByRole('link', { name }).click()
  await expect(grace.heading(name)).toBeVisible()
  await page.getByRole('tab', { name: 'Changes' }).click()
  await expect(page.getByRole('gridcell', { name: 'DisableTopicRule' })).toBeVisible()
  await page.getByRole('button', { name: 'Delete rule' }).click()
  await dialog.getByRole('textbox', { name: `To go on, type ${name}` }).fill(name)
  await dialog.getByRole('button', { name: 'Delete rule' }).click()
  await expect(grace.heading('Rules')).toBeVisible()
  await expect(iot.send(new GetTopicRuleCommand({ ruleName: name }))).rejects.toThrow()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(async () => {
    const { rule } = await iot.send(new GetTopicRuleCommand({ ruleName: name }))
    expect(rule?.actions).toEqual([{ republish: { roleArn: ROLE, topic: `alarms/${name}` } }])
  }).toPass()
})

test('where a topic goes is told for topics, Basic Ingest and what is disabled', async ({ page }) => {
  const [name, other] = [freshRuleName('e2e_way'), freshRuleName('e2e_off')]
  const iot = new IoTClient(stack.sdk)
  await makeRule(iot, name, `e2e/${name}/+`)
  await makeRule(iot, other, `e2e/${name}/#`, true)
  const vera = new ConsolePage(page)
  await vera.enter('Vera', `/rules?topic=${encodeURIComponent(`e2e/${name}/data`)}`)
  const acting = page.getByRole('list', { name: 'Rules that act on it' })
  await expect(acting).toContainText('if temperature > 20')
  await expect(acting.getByRole('link', { name })).toBeVisible()
  await expect(acting.getByRole('link', { name: other })).toBeHidden()
  await expect(page.getByRole('list', { name: 'Disabled rules of this topic' })).toContainText(other)

  const topic = page.getByRole('searchbox', { name: 'Where does this topic go?' })
  await topic.fill(`$aws/rules/${other}/x`)
  await expect(page.getByText(`it is for the rule ${other} alone, and that is disabled`)).toBeVisible()
  await topic.fill('e2e/+/data')
  await expect(page.getByText('A topic name cannot contain + or #.').first()).toBeVisible()
})
