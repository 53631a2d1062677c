import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import { expectAccessible } from './accessible.ts'
import { freshName } from './fresh-name.ts'
import { ConsolePage } from './pages/console-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

const NAME = '${iot:Connection.Thing.ThingName}'
const ARN = `arn:aws:iot:${stack.sdk.region}:${stack.account}`

/** A thing with a certificate of its own, and a policy that allows its own telemetry. */
async function makePump(thingName: string) {
  const iot = new IoTClient(stack.sdk)
  const { certificateArn } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iot:Connect', Resource: `${ARN}:client/${NAME}` },
      { Effect: 'Allow', Action: 'iot:Publish', Resource: `${ARN}:topic/dt/${NAME}/*` },
    ],
  })
  await iot.send(new CreatePolicyCommand({ policyName: thingName, policyDocument }))
  await iot.send(new AttachPolicyCommand({ policyName: thingName, target: certificateArn }))
  await iot.send(new CreateThingCommand({ thingName }))
  await iot.send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }))
  iot.destroy()
}

test('what is denied says by how little, and is tried with a draft that would allow it', { tag: '@aws' }, async ({
  page,
}) => {
  const thingName = freshName('e2e-simulated')
  await makePump(thingName)
  const grace = new ConsolePage(page)
  await grace.enter('Grace', '/simulator')
  await page.getByRole('combobox', { name: 'Thing' }).fill(thingName)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Certificate ACTIVE')).toBeVisible()
  await page.getByRole('button', { name: 'Add check' }).first().click()
  const topic = page.getByRole('textbox', { name: 'topic of check 1' })
  await topic.fill(`cmd/${thingName}/ack`)
  await topic.press('Enter')
  const row = page.getByRole('row', { name: new RegExp(`Explain check 1, iot:Publish cmd/${thingName}/ack`) })
  await expect(row.getByText('Denied')).toBeVisible()
  await page.getByText('Also ask AWS').click()
  await expect(row.getByText('The same')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Check with this draft' }).click()
  await expect(row.getByText('Allowed')).toBeVisible()
  await expect(page).toHaveURL(/draft=/)
})
