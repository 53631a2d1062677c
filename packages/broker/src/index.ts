export { createBroker } from './broker.ts'
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
export { memoryStore } from './memory-store.ts'
export { type PropertyLimits, validateMessageProperties } from './message-properties.ts'
export type { BrokerObserver, Failure, FilterResult, RateLimit, RefusedPublish } from './observer.ts'
export { messageBytes, propertiesBytes } from './own-message.ts'
export { preferShortPauses } from './short-pauses.ts'
export { systemClock } from './system-clock.ts'
export type {
  BrokerHooks,
  BrokerStore,
  ClientView,
  Clock,
  ConnectDecision,
  ConnectRequest,
  DisconnectEvent,
  DisconnectReason,
  DropCause,
  Message,
  MessageProperties,
  QueuedMessage,
  StoredSession,
  StoredSubscription,
  TransportInfo,
} from './types.ts'
