import {
  DescribeThingCommand,
  type IoTClient,
  ListThingGroupsForThingCommand,
  ListThingPrincipalsCommand,
  ListThingsCommand,
} from '@aws-sdk/client-iot'

/** What the console's server asks of AWS for a list of things and for a thing's page: its calls side by side. */
export const callsOf = (iot: IoTClient, thingName: string) => ({
  list: (): Promise<unknown> => iot.send(new ListThingsCommand({ maxResults: 25 })),
  thing: (): Promise<unknown> =>
    Promise.all([
      iot.send(new DescribeThingCommand({ thingName })),
      iot.send(new ListThingPrincipalsCommand({ thingName })),
      iot.send(new ListThingGroupsForThingCommand({ thingName })),
    ]),
})
