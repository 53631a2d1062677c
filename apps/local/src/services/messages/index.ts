import type { DataPlaneNeeds } from '../../foundation/data-plane-needs.ts'
import type { MakeService } from '../../foundation/service.ts'
import { connectionHandlers } from './connection-handlers.ts'
import { publishHandlers } from './publish-handlers.ts'
import { retainedHandlers } from './retained-handlers.ts'

/** What HTTP does with messages and MQTT connections: Publish, retained messages, direct messages, connections. */
export const messagesService: MakeService = (context) => {
  const { broker, clock, connections } = context
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

const NEEDS: DataPlaneNeeds = {
  Publish: ({ topic, retain }) => [
    { action: 'iot:Publish', resources: [`topic/${topic}`] },
    ...(retain ? [{ action: 'iot:RetainPublish', resources: [`topic/${topic}`] }] : []),
  ],
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
