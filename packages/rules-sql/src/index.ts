export { CAST_TYPES, type CastTarget, castValue } from './cast.ts'
export { Decimal, PRECISION } from './decimal.ts'
export type { MqttProperties, RuleMessage } from './message.ts'
export { Numbers } from './numbers.ts'
export { parseJsonValue } from './payload.ts'
export { RuleFailure } from './rule-failure.ts'
export type {
  ArgumentFault,
  FunctionContext,
  KnownArguments,
  PureFunction,
  RuleEnvironment,
  RuleFunction,
  ServiceFunction,
} from './rule-function.ts'
export type { RuleServices } from './services.ts'
export { DEFAULT_SQL_VERSION, SQL_VERSIONS, type SqlVersion } from './sql-version.ts'
export { stringifyValue } from './stringify.ts'
export {
  type ArrayValue,
  createArray,
  createObject,
  getMember,
  type NumberValue,
  type ObjectValue,
  type TypeName,
  typeOf,
  type Value,
} from './value.ts'
