import type { MetricQuery } from '@thingdeck/contract'

/**
 * How often something happened at the message broker, by protocol: `brokerMetric('Connect.Success')`.
 * Source: AWS IoT developer guide, "Message broker metrics".
 */
export const brokerMetric = (metricName: string, protocol: 'MQTT' | 'HTTP' = 'MQTT'): MetricQuery => ({
  namespace: 'AWS/IoT',
  metricName,
  dimensions: [{ name: 'Protocol', value: protocol }],
  stat: 'Sum',
})
