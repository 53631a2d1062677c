import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import type { Destination } from './destination-table.ts'
import type { Destinations } from './destinations.ts'

/** The control plane's operations on destinations of rules. */
export function destinationHandlers(destinations: Destinations) {
  const facts = (destination: Destination) => {
    const { status, reason } = destinations.statusOf(destination)
    return {
      arn: destination.arn,
      status,
      createdAt: new Date(destination.createdAtMs),
      lastUpdatedAt: new Date(destination.updatedAtMs),
      ...(reason !== '' && { statusReason: reason }),
    }
  }
  const whole = (destination: Destination) => {
    const { httpUrlConfiguration, vpcConfiguration, influxDBConfiguration } = destination.configuration
    return {
      ...facts(destination),
      ...(httpUrlConfiguration && { httpUrlProperties: httpUrlConfiguration }),
      ...(vpcConfiguration && { vpcProperties: vpcConfiguration }),
      ...(influxDBConfiguration && { influxDBProperties: influxDBConfiguration }),
    }
  }
  return {
    CreateTopicRuleDestination: ({ destinationConfiguration }) => ({
      topicRuleDestination: whole(destinations.create(destinationConfiguration)),
    }),
    GetTopicRuleDestination: ({ arn }) => ({ topicRuleDestination: whole(destinations.mustFind(arn)) }),
    ListTopicRuleDestinations: (page) => {
      const { items, nextToken } = destinations.list(page)
      return {
        nextToken,
        destinationSummaries: items.map((destination) => {
          const { httpUrlConfiguration, vpcConfiguration, influxDBConfiguration } = destination.configuration
          return {
            ...facts(destination),
            ...(httpUrlConfiguration && { httpUrlSummary: httpUrlConfiguration }),
            ...(vpcConfiguration && { vpcDestinationSummary: vpcConfiguration }),
            ...(influxDBConfiguration && { influxDBSummary: influxDBConfiguration }),
          }
        }),
      }
    },
    UpdateTopicRuleDestination: ({ arn, status }) => {
      destinations.setStatus(arn, status)
      return {}
    },
    DeleteTopicRuleDestination: ({ arn }) => {
      destinations.delete(arn)
      return {}
    },
    ConfirmTopicRuleDestination: ({ confirmationToken }) => {
      destinations.confirm(confirmationToken)
      return {}
    },
  } satisfies IotHandlers
}
