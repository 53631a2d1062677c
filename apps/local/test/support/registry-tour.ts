import * as iot from '@aws-sdk/client-iot'
import * as data from '@aws-sdk/client-iot-data-plane'
import type { Local } from '../../src/index.ts'
import { PROVISIONING_ROLE } from './claim.ts'

type Refusable = (call: Promise<unknown>) => Promise<void>

const EVENTS = ['THING', 'THING_GROUP', 'THING_TYPE', 'THING_GROUP_MEMBERSHIP', 'THING_GROUP_HIERARCHY']
const THING = { thingName: 'toured' }
const GROUP = { thingGroupName: 'toured-group' }
const PARENT = { thingGroupName: 'toured-parent' }
const DYNAMIC = { thingGroupName: 'toured-dynamic' }
const BILLING = { billingGroupName: 'toured-billing' }
const TYPE = { thingTypeName: 'toured-type' }

/** Calls every operation on things, their groups and types, on the fleet index and on shadows, each event being published. */
export async function tourOfRegistry(sdk: Local['sdk'], refusable: Refusable): Promise<void> {
  const client = new iot.IoTClient({ ...sdk, maxAttempts: 1 })
  const on = { Enabled: true }
  const eventConfigurations = Object.fromEntries(EVENTS.map((event) => [event, on]))
  await client.send(new iot.UpdateEventConfigurationsCommand({ eventConfigurations }))
  await tourOfIndex(client, refusable)
  await tourOfThings(client)
  await tourOfGroups(client)
  const shadows = new data.IoTDataPlaneClient({ ...sdk, maxAttempts: 1 })
  await tourOfShadows(shadows)
  await tourOfRegistration(client, shadows, refusable)
  await leave(client, refusable)
  for (const each of [client, shadows]) each.destroy()
}

async function tourOfIndex(client: iot.IoTClient, refusable: Refusable): Promise<void> {
  const thingIndexingConfiguration = { thingIndexingMode: 'REGISTRY_AND_SHADOW' as const }
  const thingGroupIndexingConfiguration = { thingGroupIndexingMode: 'ON' as const }
  await client.send(
    new iot.UpdateIndexingConfigurationCommand({ thingIndexingConfiguration, thingGroupIndexingConfiguration }),
  )
  await client.send(new iot.GetIndexingConfigurationCommand({}))
  await client.send(new iot.ListIndicesCommand({}))
  await client.send(new iot.DescribeIndexCommand({ indexName: 'AWS_Things' }))
  await refusable(client.send(new iot.SearchIndexCommand({ queryString: 'thingName:toured' })))
  await refusable(client.send(new iot.GetThingConnectivityDataCommand(THING)))
}

async function tourOfThings(client: iot.IoTClient): Promise<void> {
  await client.send(new iot.CreateThingTypeCommand(TYPE))
  await client.send(new iot.UpdateThingTypeCommand(TYPE))
  await client.send(new iot.DescribeThingTypeCommand(TYPE))
  await client.send(new iot.ListThingTypesCommand({}))
  await client.send(new iot.CreateBillingGroupCommand(BILLING))
  await client.send(new iot.UpdateBillingGroupCommand({ ...BILLING, billingGroupProperties: {} }))
  await client.send(new iot.DescribeBillingGroupCommand(BILLING))
  await client.send(new iot.ListBillingGroupsCommand({}))
  await client.send(new iot.CreateThingCommand({ ...THING, ...TYPE, ...BILLING }))
  await client.send(new iot.UpdateThingCommand({ ...THING, attributePayload: { attributes: { a: '1' } } }))
  await client.send(new iot.DescribeThingCommand(THING))
  await client.send(new iot.ListThingsCommand({}))
  await client.send(new iot.RemoveThingFromBillingGroupCommand({ ...THING, ...BILLING }))
  await client.send(new iot.AddThingToBillingGroupCommand({ ...THING, ...BILLING }))
  await client.send(new iot.ListThingsInBillingGroupCommand(BILLING))
  const { certificateArn: principal } = await client.send(new iot.CreateKeysAndCertificateCommand({}))
  await client.send(new iot.AttachThingPrincipalCommand({ ...THING, principal }))
  await client.send(new iot.ListThingPrincipalsCommand(THING))
  await client.send(new iot.ListThingPrincipalsV2Command(THING))
  await client.send(new iot.ListPrincipalThingsCommand({ principal }))
  await client.send(new iot.ListPrincipalThingsV2Command({ principal }))
  await client.send(new iot.DetachThingPrincipalCommand({ ...THING, principal }))
  await client.send(new iot.ListJobExecutionsForThingCommand(THING))
}

async function tourOfGroups(client: iot.IoTClient): Promise<void> {
  await client.send(new iot.CreateThingGroupCommand(PARENT))
  await client.send(new iot.CreateThingGroupCommand({ ...GROUP, parentGroupName: PARENT.thingGroupName }))
  await client.send(new iot.UpdateThingGroupCommand({ ...GROUP, thingGroupProperties: {} }))
  await client.send(new iot.DescribeThingGroupCommand(GROUP))
  await client.send(new iot.ListThingGroupsCommand({}))
  await client.send(new iot.CreateDynamicThingGroupCommand({ ...DYNAMIC, queryString: 'attributes.a:1' }))
  await client.send(new iot.UpdateDynamicThingGroupCommand({ ...DYNAMIC, thingGroupProperties: {} }))
  await client.send(new iot.AddThingToThingGroupCommand({ ...THING, ...GROUP }))
  await client.send(new iot.ListThingsInThingGroupCommand(GROUP))
  await client.send(new iot.ListThingGroupsForThingCommand(THING))
  await client.send(new iot.RemoveThingFromThingGroupCommand({ ...THING, ...GROUP }))
  const thingGroupsToAdd = [GROUP.thingGroupName]
  await client.send(new iot.UpdateThingGroupsForThingCommand({ ...THING, thingGroupsToAdd }))
}

async function tourOfShadows(client: data.IoTDataPlaneClient): Promise<void> {
  const payload = Buffer.from('{"state":{"desired":{"on":true}}}')
  for (const shadow of [THING, { ...THING, shadowName: 'named' }]) {
    await client.send(new data.UpdateThingShadowCommand({ ...shadow, payload }))
    await client.send(new data.GetThingShadowCommand(shadow))
    await client.send(new data.ListNamedShadowsForThingCommand(THING))
    await client.send(new data.DeleteThingShadowCommand(shadow))
  }
}

async function tourOfRegistration(
  client: iot.IoTClient,
  shadows: data.IoTDataPlaneClient,
  refusable: Refusable,
): Promise<void> {
  const thingName = 'registered'
  const version = { packageName: 'toured', versionName: '1' }
  await client.send(new iot.CreatePackageCommand({ packageName: version.packageName }))
  await client.send(new iot.CreatePackageVersionCommand(version))
  await client.send(new iot.UpdatePackageVersionCommand({ ...version, action: 'PUBLISH' }))
  const Properties = { ThingName: thingName, PackageVersions: { [version.packageName]: version.versionName } }
  const templateBody = JSON.stringify({ Resources: { thing: { Type: 'AWS::IoT::Thing', Properties } } })
  await client.send(new iot.RegisterThingCommand({ templateBody }))
  await shadows.send(new data.GetThingShadowCommand({ thingName, shadowName: '$package' })) // with the thing, or neither
  await client.send(new iot.DeleteThingCommand({ thingName }))
  const input = { inputFileBucket: 'none', inputFileKey: 'none', roleArn: PROVISIONING_ROLE }
  const { taskId } = await client.send(new iot.StartThingRegistrationTaskCommand({ templateBody, ...input }))
  await client.send(new iot.DescribeThingRegistrationTaskCommand({ taskId }))
  await client.send(new iot.ListThingRegistrationTasksCommand({}))
  await refusable(client.send(new iot.ListThingRegistrationTaskReportsCommand({ taskId, reportType: 'ERRORS' })))
  await refusable(client.send(new iot.StopThingRegistrationTaskCommand({ taskId })))
}

async function leave(client: iot.IoTClient, refusable: Refusable): Promise<void> {
  await client.send(new iot.DeleteThingCommand(THING))
  await client.send(new iot.DeleteDynamicThingGroupCommand(DYNAMIC))
  for (const group of [GROUP, PARENT]) await client.send(new iot.DeleteThingGroupCommand(group))
  await client.send(new iot.DeleteBillingGroupCommand(BILLING))
  await client.send(new iot.DeprecateThingTypeCommand(TYPE))
  await client.send(new iot.DeprecateThingTypeCommand({ ...TYPE, undoDeprecate: true }))
  await client.send(new iot.DeprecateThingTypeCommand(TYPE))
  await refusable(client.send(new iot.DeleteThingTypeCommand(TYPE))) // five minutes later
}
