export type {
  AcceptedConnection,
  Broker,
  BrokerOptions,
  DirectResult,
  DisconnectOptions,
  OutgoingMessage,
  SubscriptionView,
} from './broker-api.ts'
export { AWS_LIMITS, type Limits } from './limits.ts'
export type {
  BrokerHooks,
  BrokerStore,
  ClientView,
  Clock,
  ConnectDecision,
  ConnectRequest,
  DisconnectReason,
  Message,
  MessageProperties,
  QueuedMessage,
  StoredSession,
  StoredSubscription,
  TransportInfo,
} from './types.ts'
