export { type AwsApi, createAwsApi, type ServedService } from './api.ts'
export { COGNITO_IDENTITY, IAM, IOT, IOT_DATA, IOT_JOBS_DATA, STS } from './aws-services.ts'
export { holdBody, readBody } from './body.ts'
export { type CborOptions, decodeCbor } from './cbor-decode.ts'
export { type CborValue, encodeCbor } from './cbor-encode.ts'
export { coverage, type ServiceCoverage } from './coverage.ts'
export {
  defineLazyService,
  defineService,
  type LazyServiceDefinition,
  type ServiceDefinition,
} from './define-service.ts'
export { type InputCheck, inputCheck } from './input-check.ts'
export { inputMembers } from './input-members.ts'
export type { Handlers, Input, OperationName, Output } from './operation-types.ts'
export { signingNameOf } from './signing-name.ts'
export {
  type ApiOptions,
  type ApiRequest,
  AwsError,
  type Call,
  type Constraint,
  type Constraints,
  type Handler,
  type LazyService,
  type Protocol,
  type RequestHead,
  type Service,
  type ServiceContent,
  type ServiceTraits,
  type WatchInput,
} from './types.ts'
export { element, escapeXml } from './xml.ts'
