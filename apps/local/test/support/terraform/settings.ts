import * as sdk from '@aws-sdk/client-iot'
import type { LifeCycle } from '../life-cycle.ts'
import { type Account, ROLE } from './account.ts'

/** Settings of the account, of which there always is one: the provider leaves them as they are when a stack is destroyed. */
export function settingLifeCycles(account: Account): LifeCycle[] {
  const rows: LifeCycle[] = []
  const events = (Enabled: boolean) => ({ THING: { Enabled }, CERTIFICATE: { Enabled } })
  rows.push({
    resource: 'aws_iot_event_configurations',
    create: () => account().iot.send(new sdk.UpdateEventConfigurationsCommand({ eventConfigurations: events(true) })),
    read: async () =>
      (await account().iot.send(new sdk.DescribeEventConfigurationsCommand({}))).eventConfigurations ?? {},
    created: events(true),
    remove: () => account().iot.send(new sdk.UpdateEventConfigurationsCommand({ eventConfigurations: events(false) })),
    gone: events(false),
  })

  const index = (thingIndexingMode: sdk.ThingIndexingMode): sdk.UpdateIndexingConfigurationCommandInput => ({
    thingIndexingConfiguration: { thingIndexingMode },
  })
  rows.push({
    resource: 'aws_iot_indexing_configuration',
    create: () => account().iot.send(new sdk.UpdateIndexingConfigurationCommand(index('REGISTRY'))),
    read: () => account().iot.send(new sdk.GetIndexingConfigurationCommand({})),
    created: index('REGISTRY'),
    update: () => account().iot.send(new sdk.UpdateIndexingConfigurationCommand(index('REGISTRY_AND_SHADOW'))),
    updated: index('REGISTRY_AND_SHADOW'),
    remove: () => account().iot.send(new sdk.UpdateIndexingConfigurationCommand(index('OFF'))),
    gone: index('OFF'),
  })

  const logging = (defaultLogLevel: sdk.LogLevel, disableAllLogs = false) =>
    account().iot.send(new sdk.SetV2LoggingOptionsCommand({ defaultLogLevel, disableAllLogs, roleArn: ROLE }))
  rows.push({
    resource: 'aws_iot_logging_options',
    create: () => logging('WARN'),
    read: () => account().iot.send(new sdk.GetV2LoggingOptionsCommand({})),
    created: { defaultLogLevel: 'WARN', roleArn: ROLE, disableAllLogs: false },
    update: () => logging('ERROR'),
    updated: { defaultLogLevel: 'ERROR' },
    remove: () => logging('ERROR', true),
    gone: { disableAllLogs: true },
  })
  return rows
}
