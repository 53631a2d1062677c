import {
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreateThingCommand,
  DeleteThingCommand,
  DescribeCertificateCommand,
  DetachThingPrincipalCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { expect, test } from 'vitest'
import { startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { createArns } from '../src/aws/arns.ts'
import { createShadows } from '../src/aws/shadows.ts'
import { deleteThing, whatBelongsTo } from '../src/aws/thing-deletion.ts'

test('a deletion that ended between the thing and its certificate is gone on with: no certificate is left behind', async () => {
  await using server = await startEmbeddedServer({ consoleUrl: 'http://localhost:1' })
  const iot = new IoTClient(server.sdk)
  const parts = {
    iot,
    arns: createArns({ region: server.sdk.region, account: server.account }),
    shadows: createShadows(new IoTDataPlaneClient(server.sdk)),
    certificates: { watch: { forget() {} } },
  }
  const turn = async () => {}
  const thingName = 'half-gone'
  await iot.send(new CreateThingCommand({ thingName }))
  const { certificateId = '', certificateArn: principal } = await iot.send(
    new CreateKeysAndCertificateCommand({ setAsActive: false }),
  )
  await iot.send(new AttachThingPrincipalCommand({ thingName, principal }))
  expect(await whatBelongsTo(parts, thingName, turn)).toMatchObject({ certificateIds: [certificateId] })
  await iot.send(new DetachThingPrincipalCommand({ thingName, principal }))
  await iot.send(new DeleteThingCommand({ thingName }))

  expect(await whatBelongsTo(parts, thingName, turn)).toBeUndefined()
  const left = await whatBelongsTo(parts, thingName, turn, [certificateId])
  expect(left).toEqual({
    certificateIds: [certificateId],
    sharedCertificates: [],
    otherPrincipals: [],
    shadowNames: [],
    thingGroupNames: [],
  })
  if (left) await deleteThing(parts, thingName, left, turn)
  await expect(iot.send(new DescribeCertificateCommand({ certificateId }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  expect(await whatBelongsTo(parts, thingName, turn, [certificateId])).toBeUndefined()
})
