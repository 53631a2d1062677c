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

  await page.goto(new URL(`/policy-from-traffic?client=${name}&last=15m`, page.url()).href)
  await expect(page.getByRole('row', { name: 'topic/dt/${iot:Connection.Thing.ThingName}/t' })).toContainText(
    'Seen 2 times',
  )
  await page.getByRole('button', { name: 'Edit it as a new policy' }).click()
  await expect(page.getByRole('textbox', { name: 'Document' })).toContainText(
    `topic/spare/\${iot:Connection.Thing.ThingName}`,
  )
})
