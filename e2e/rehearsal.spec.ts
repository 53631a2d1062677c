import {
  CreatePolicyVersionCommand,
  IoTClient,
  ListAttachedPoliciesCommand,
  ListThingPrincipalsCommand,
} from '@aws-sdk/client-iot'
import { expectAccessible } from './accessible.ts'
import { connectDevice } from './device.ts'
import { freshName } from './fresh-name.ts'
import { logAt } from './logging.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

test('a narrower version is rehearsed on what a device did, and the smallest policy for it is made', async ({
  page,
}) => {
  await logAt('INFO')
  const name = freshName('e2e-rehearsed')
  await using device = await connectDevice(name)
  for (const topic of [`dt/${name}/t`, `dt/${name}/t`, `spare/${name}`])
    await device.client.publishAsync(topic, '{}', { qos: 1 })
  const iot = new IoTClient(stack.sdk)
  const { principals: [target] = [] } = await iot.send(new ListThingPrincipalsCommand({ thingName: name }))
  const { policies: [policy] = [] } = await iot.send(new ListAttachedPoliciesCommand({ target }))
  const { policyVersionId: version, policyName = '' } = {
    ...policy,
    ...(await iot.send(
      new CreatePolicyVersionCommand({
        policyName: policy?.policyName,
        policyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: ['iot:Connect', 'iot:Subscribe', 'iot:Receive'], Resource: '*' },
            {
              Effect: 'Allow',
              Action: 'iot:Publish',
              Resource: 'arn:aws:iot:*:*:topic/dt/${iot:Connection.Thing.ThingName}/*',
            },
          ],
        }),
      }),
    )),
  }

  const vera = new ConsolePage(page)
  await vera.enter('Vera', `/policies/${policyName}/rehearsal?version=${version}&last=15m`)
  const row = page.getByRole('row', { name: `spare/${name}` })
  await expect(async () => {
    await page.getByRole('button', { name: 'Read the log up to now' }).click()
    await expect(row).toContainText('Would be denied', { timeout: 3_000 })
  }).toPass({ timeout: 40_000 })
  await expect(page.getByRole('row', { name: `dt/${name}/t` })).toHaveCount(0)
  await expectAccessible(page)

  // The same by what was recorded: who published is said, as a recording does not tell.
  const message = (topic: string) => ({ atMs: 1, topic, payload: 'e30=', qos: 1 })
  await page.goto(new URL(`/policies/${policyName}/rehearsal?version=${version}&on=recording`, page.url()).href)
  await page.getByLabel('Open a recording').setInputFiles({
    name: 'messages.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(
      [
        { thingdeck: 'recording', version: 1, startedAtMs: 1, subscriptions: [] },
        message(`dt/${name}/t`),
        message(`spare/${name}`),
        message(`spare/${name}`),
        message('spare/nobodys'),
        { end: { atMs: 2, messages: 4, gaps: 0 } },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    ),
  })
  await expect(page.getByText('4 messages on 3 topics')).toBeVisible()
  await page.getByLabel('Published by: where topics name it').fill('spare/{thing}')
  await expect(row).toContainText('Would be denied')
  await expect(row.getByRole('cell', { name: '2', exact: true })).toBeVisible()
  await expect(page.getByText('1 message of nobody: the topic names no thing')).toBeVisible()
  await expect(page.getByText('1 thing not in the registry, or without a certificate')).toBeVisible()
  await expectAccessible(page)

  await page.goto(new URL(`/policy-from-traffic?client=${name}&last=15m`, page.url()).href)
  await expect(page.getByRole('row', { name: 'topic/dt/${iot:Connection.Thing.ThingName}/t' })).toContainText(
    'Seen 2 times',
  )
  await page.getByRole('button', { name: 'Edit it as a new policy' }).click()
  await expect(page.getByRole('textbox', { name: 'Document' })).toContainText(
    `topic/spare/\${iot:Connection.Thing.ThingName}`,
  )
})
