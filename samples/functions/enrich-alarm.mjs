// A function of `npm start`: the rule enrich_alarms invokes it with each alarm of a pump. It adds what the registry knows
// of the pump, and publishes the alarm again, to alarms/SITE/THING. Change it: the next alarm runs what it is then.
import { DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'

const iot = new IoTClient({})
const data = new IoTDataPlaneClient({})

export const handler = async ({ site, thing, alarm, pressure }) => {
  const { attributes, thingTypeName } = await iot.send(new DescribeThingCommand({ thingName: thing }))
  const severity = pressure > 3.5 ? 'high' : 'low'
  const enriched = { thing, site, thingTypeName, ...attributes, alarm, pressure, severity }
  console.log(severity, alarm, 'at', thing)
  await data.send(new PublishCommand({ topic: `alarms/${site}/${thing}`, payload: JSON.stringify(enriched), qos: 1 }))
  return enriched
}
