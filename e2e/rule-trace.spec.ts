import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateTopicRuleCommand, DeleteTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { expectAccessible } from './accessible.ts'
import { freshName, freshRuleName } from './fresh-name.ts'
import { logAt } from './logging.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

/** A role that rules may be, and that may do nothing but publish. */
async function makePoorRole(RoleName: string): Promise<string> {
  const iam = new IAMClient(stack.sdk)
  const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: statement })
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Principal: { Service: 'iot.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    }),
  )
  await iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: 'publish',
      PolicyDocument: document({ Effect: 'Allow', Action: 'iot:Publish', Resource: '*' }),
    }),
  )
  iam.destroy()
  return `arn:aws:iam::123456789012:role/${RoleName}`
}

test('the trace of a rule says why its action was refused, and the cure', async ({ page }) => {
  await logAt('INFO')
  const name = freshRuleName('e2e_refused')
  const roleArn = await makePoorRole(name)
  const iot = new IoTClient(stack.sdk)
  await iot.send(
    new CreateTopicRuleCommand({
      ruleName: name,
      topicRulePayload: {
        sql: `SELECT * FROM '${name}/+/t'`,
        awsIotSqlVersion: '2016-03-23',
        actions: [{ sqs: { queueUrl: `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`, roleArn } }],
      },
    }),
  )
  try {
    const data = new IoTDataPlaneClient(stack.sdk)
    await data.send(new PublishCommand({ topic: `${name}/pump-7/t`, payload: Buffer.from('{"t":31}'), qos: 1 }))
    data.destroy()

    const console = new ConsolePage(page)
    await console.enter('Ada', `/rules/${name}?tab=trace&tail=1`)
    const why = `The role ${name} does not allow sqs:SendMessage`
    await expect(page.getByRole('row').filter({ hasText: why })).toBeVisible({ timeout: 20_000 })
    await page.getByRole('radio', { name: new RegExp(`Look at ${name}/pump-7/t`) }).check()
    await expect(page).toHaveURL(/look=/)
    await expect(
      page.getByText(new RegExp(`^Allow sqs:SendMessage on arn:aws:sqs:us-east-1:123456789012:${name} in a policy`)),
    ).toBeVisible()
    await expect(page.getByText('The rule has no error action')).toBeVisible()
    await expectAccessible(page)

    // The cure is at the action itself.
    await page.getByRole('link', { name: "Look at the role in the rule's form" }).first().click()
    await expect(page.getByRole('region', { name: 'Action SQS (1)' })).toBeFocused()
    await page.goBack()

    await page.getByRole('link', { name: 'Rehearse this message' }).click()
    await expect(page).toHaveURL(/tab=rehearsal/)
    await expect(page.getByRole('textbox', { name: 'Topic' })).toHaveValue(`${name}/pump-7/t`)
  } finally {
    await iot.send(new DeleteTopicRuleCommand({ ruleName: name }))
    iot.destroy()
  }
})

test('a destination is created, and confirmed with the token that its endpoint was sent', async ({ page }) => {
  const challenged = Promise.withResolvers<string>()
  const endpoint = createServer((request, response) => {
    challenged.resolve(request.url ?? '')
    response.end()
  })
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = endpoint.address() as AddressInfo // of a server that listens on TCP
    const url = `http://127.0.0.1:${port}/${freshName('hook')}`
    const console = new ConsolePage(page)
    await console.enter('Grace', '/create-rule-destination')
    await page.getByLabel('Confirmation URL').fill(url)
    await page.getByRole('button', { name: 'Create destination' }).click()
    await expect(page).toHaveURL(/rule-destinations\?look=/)
    const row = page.getByRole('row').filter({ hasText: url })
    await expect(row).toContainText('Waits to be confirmed')
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Confirm destination' }).click()
    const dialog = page.getByRole('dialog', { name: 'Confirm destination' })
    // As it stands in the endpoint's log.
    await dialog.getByLabel('Token').fill(`POST ${await challenged.promise} HTTP/1.1`)
    await dialog.getByRole('button', { name: 'Confirm destination' }).click()
    await expect(page.getByText(`${url} is confirmed and enabled`)).toBeVisible()
    await expect(row).toContainText('Enabled')
    expect(page.url()).not.toContain('oken')
  } finally {
    endpoint.closeAllConnections()
    endpoint.close()
  }
})
