import type { PublishRequest } from '@aws-sdk/client-iot-data-plane'
import { publishNeeds } from '@thingdeck/policies'
import type { DataPlaneNeeds } from '../../foundation/data-plane-needs.ts'
import type { MakeService } from '../../foundation/service.ts'
import type { OperationTold, Traffic } from '../../foundation/traffic.ts'
import { connectionHandlers } from './connection-handlers.ts'
import { publishHandlers } from './publish-handlers.ts'
import { retainedHandlers } from './retained-handlers.ts'

/** What HTTP does with messages and MQTT connections: Publish, retained messages, direct messages, connections. */
export const messagesService: MakeService = (context) => {
  const { broker, clock, connections, traffic } = context
  traffic.operations.subscribe((told) => tellRefusedPublish(traffic, told))
  return {
    name: 'messages',
    handlers: {
      iotData: {
        ...publishHandlers(context),
        ...retainedHandlers(broker.store, clock),
        ...connectionHandlers(broker, connections),
      },
    },
    needs: NEEDS,
  }
}

/** A publish that was taken is told with its message. */
function tellRefusedPublish({ publishesIn }: Traffic, { operation, input, publisher, outcome }: OperationTold): void {
  if (operation !== 'Publish' || outcome.kind === 'Success') return
  const { topic, retain = false } = input as PublishRequest // the operation's name says which input it is
  publishesIn.tell({ topic, retain, traceId: publisher.traceId }, publisher, outcome)
}

const NEEDS: DataPlaneNeeds = {
  Publish: ({ topic, retain = false }) => publishNeeds({ topic, retain }),
  GetRetainedMessage: ({ topic }) => [{ action: 'iot:GetRetainedMessage', resources: [`topic/${topic}`] }],
  ListRetainedMessages: () => [{ action: 'iot:ListRetainedMessages', resources: ['*'] }],
  GetConnection: ({ clientId, includeSocketInformation = false }) => [
    {
      action: 'iot:GetConnection',
      resources: [`client/${clientId}`],
      context: { 'iot:IncludeSocketInformation': String(includeSocketInformation) },
    },
  ],
  ListSubscriptions: ({ clientId }) => [{ action: 'iot:ListSubscriptions', resources: [`client/${clientId}`] }],
  SendDirectMessage: ({ clientId, topic }) => [
    { action: 'iot:SendDirectMessage', resources: [`client/${clientId}`], context: { 'iot:Topic': topic } },
  ],
  DeleteConnection: ({ clientId }) => [{ action: 'iot:DeleteConnection', resources: [`client/${clientId}`] }],
}
