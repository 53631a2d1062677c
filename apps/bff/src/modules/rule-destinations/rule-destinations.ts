import {
  ConfirmTopicRuleDestinationCommand,
  CreateTopicRuleDestinationCommand,
  DeleteTopicRuleDestinationCommand,
  GetTopicRuleDestinationCommand,
  type IoTClient,
  ListTopicRuleDestinationsCommand,
  type TopicRuleDestination,
  type TopicRuleDestinationSummary,
  UpdateTopicRuleDestinationCommand,
} from '@aws-sdk/client-iot'
import type {
  BodyOf,
  endpoints,
  RuleDestination,
  RuleDestinationConfiguration,
  RuleDestinationPage,
} from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import { isoTime, present } from '../../aws/present.ts'
import { Problem } from '../../problem.ts'

/** Destinations of rules. Errors are AWS's own; of an ARN that is not there, `NOT_FOUND`. */
export interface RuleDestinations {
  list(page: { readonly nextToken?: string; readonly maxResults?: number }): Promise<RuleDestinationPage>
  get(arn: string): Promise<RuleDestination>
  create(configuration: RuleDestinationConfiguration): Promise<RuleDestination>
  setStatus(arn: string, status: BodyOf<typeof endpoints.updateRuleDestination>['status']): Promise<RuleDestination>
  /** @returns the destination afterwards: the token itself does not say whose it is */
  confirm(arn: string, confirmationToken: string): Promise<RuleDestination>
  delete(arn: string): Promise<void>
}

export function createRuleDestinations(iot: IoTClient): RuleDestinations {
  const destinations: RuleDestinations = {
    async list(page) {
      const { destinationSummaries = [], nextToken } = await iot.send(new ListTopicRuleDestinationsCommand(page))
      return { destinations: destinationSummaries.map(ofSummary), ...(nextToken && { nextToken }) }
    },

    async get(arn) {
      try {
        const { topicRuleDestination } = await iot.send(new GetTopicRuleDestinationCommand({ arn }))
        return { ...whole(topicRuleDestination ?? {}), arn }
      } catch (error) {
        // AWS's model has no other word for one that is not there; what IAM refuses is an AccessDeniedException.
        if (!isNamed(error, 'UnauthorizedException')) throw error
        throw new Problem('NOT_FOUND', `There is no destination ${arn}.`, { cause: error })
      }
    },

    async create(destinationConfiguration) {
      const { topicRuleDestination } = await iot.send(
        new CreateTopicRuleDestinationCommand({ destinationConfiguration }),
      )
      return whole(topicRuleDestination ?? {})
    },

    async setStatus(arn, status) {
      await iot.send(new UpdateTopicRuleDestinationCommand({ arn, status }))
      return destinations.get(arn)
    },

    async confirm(arn, confirmationToken) {
      await iot.send(new ConfirmTopicRuleDestinationCommand({ confirmationToken }))
      return destinations.get(arn)
    },

    async delete(arn) {
      await iot.send(new DeleteTopicRuleDestinationCommand({ arn }))
    },
  }
  return destinations
}

function whole({
  httpUrlProperties,
  vpcProperties,
  influxDBProperties,
  ...facts
}: TopicRuleDestination): RuleDestination {
  return {
    ...factsOf(facts),
    ...(httpUrlProperties && { httpUrl: present(httpUrlProperties) }),
    ...(vpcProperties && { vpc: present(vpcProperties) }),
    ...(influxDBProperties && { influxDB: present(influxDBProperties) }),
  }
}

function ofSummary(summary: TopicRuleDestinationSummary): RuleDestination {
  const { httpUrlSummary, vpcDestinationSummary, influxDBSummary, ...facts } = summary
  return {
    ...factsOf(facts),
    ...(httpUrlSummary && { httpUrl: present(httpUrlSummary) }),
    ...(vpcDestinationSummary && { vpc: present(vpcDestinationSummary) }),
    ...(influxDBSummary && { influxDB: present(influxDBSummary) }),
  }
}

const factsOf = ({ arn, status, statusReason, createdAt, lastUpdatedAt }: TopicRuleDestination): RuleDestination => ({
  arn: arn ?? '',
  status: status ?? '',
  ...(statusReason && { statusReason }),
  ...present({ createdAt: isoTime(createdAt), lastUpdatedAt: isoTime(lastUpdatedAt) }),
})
