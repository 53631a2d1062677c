import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  CreateThingGroupCommand,
  DeleteThingGroupCommand,
  IoTClient,
  ListAttachedPoliciesCommand,
} from '@aws-sdk/client-iot'
import { expect, test } from 'vitest'
import { startLocal } from '../src/index.ts'
import { policyOf } from './support/device.ts'

test('a thing group that is made again has none of the policies of the one before', async () => {
  await using local = await startLocal()
  const iot = new IoTClient(local.sdk)
  const policyDocument = policyOf(['Allow', 'iot:*', '*'])
  await iot.send(new CreatePolicyCommand({ policyName: 'everything', policyDocument }))
  const { thingGroupArn: target } = await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall' }))
  await iot.send(new AttachPolicyCommand({ policyName: 'everything', target }))
  await iot.send(new DeleteThingGroupCommand({ thingGroupName: 'hall' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall' }))
  const { policies } = await iot.send(new ListAttachedPoliciesCommand({ target }))
  expect(policies).toEqual([])
  iot.destroy()
})
