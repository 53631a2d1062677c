export { defineService, type ServiceDefinition } from './define-service.ts'
export type { Handlers, Input, OperationName, Output } from './operation-types.ts'
export {
  type ApiOptions,
  type ApiRequest,
  AwsError,
  type Call,
  type Constraint,
  type Constraints,
  type Handler,
  type Service,
  type ServiceTraits,
} from './types.ts'
