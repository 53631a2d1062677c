export {
  actionPermissions,
  RULE_ROLE_ACTIONS,
  type RulePermission,
  type RuleRoleAction,
  withPatterns,
} from './action-permissions.ts'
export { Answers, type AskedService, type ServiceAnswer, type ServiceCall } from './cases/answers.ts'
export { environmentOf } from './cases/case-environment.ts'
export {
  type CaseMessage,
  type CaseOutcome,
  type CaseResult,
  caseOutcomeOf,
  RULE_CASES_VERSION,
  type RuleCase,
  type RuleCases,
  readRuleCases,
  runRuleCases,
} from './cases/rule-cases.ts'
export { CAST_TYPES, type CastTarget, castValue } from './cast.ts'
export type { Findings } from './check.ts'
export { type Completion, type CompletionContext, type Completions, completeSql } from './complete.ts'
export { Decimal, PRECISION } from './decimal.ts'
export { diagnoseSql } from './diagnose.ts'
export type { SqlWarning } from './doubts.ts'
export {
  type DynamodbAttribute,
  type DynamodbKeyAttribute,
  dynamodbKeyOf,
  valueOfDynamodbAttribute,
} from './dynamodb-attributes.ts'
export { type ExplainedTerm, type ExplainedVariable, Explainer, type Explanation } from './explain.ts'
export { formatExpression, formatStatement } from './format.ts'
export {
  type FunctionNeed,
  functionPermissions,
  invokedFunctions,
  templatePermissions,
} from './function-permissions.ts'
export {
  FUNCTION_GROUPS,
  FUNCTION_REFERENCES,
  type FunctionGroup,
  type FunctionReference,
} from './functions/reference.ts'
export { highlightSql, type SqlPiece } from './highlight.ts'
export { SQL_LIMITS } from './limits.ts'
export type { MqttProperties, RuleMessage } from './message.ts'
export { formatNumber, Numbers } from './numbers.ts'
export { parseExpression, parseStatement } from './parse.ts'
export { parseJsonValue } from './payload.ts'
export { type PermissionStatement, permissionPolicy, permissionStatements, ruleTrust } from './role-documents.ts'
export { type CompileOptions, compileRule, type Rule, type RuleOutcome } from './rule.ts'
export { RuleFailure } from './rule-failure.ts'
export type { FunctionContext, PureFunction, RuleEnvironment, RuleFunction, ServiceFunction } from './rule-function.ts'
export { arnOf, type RuleHome } from './rule-home.ts'
export { RuleInput } from './rule-input.ts'
export { LAMBDA_TIMEOUT_MS, type RuleServices } from './services.ts'
export { SqlError, type SqlErrorCode } from './sql-error.ts'
export { DEFAULT_SQL_VERSION, SQL_VERSIONS, type SqlVersion, sqlVersionOf } from './sql-version.ts'
export { stringifyValue } from './stringify.ts'
export {
  type Expression,
  type Place,
  type Query,
  RESERVED_WORDS,
  type Select,
  type SelectItem,
  type Statement,
} from './syntax.ts'
export { fieldsOf } from './syntax-fields.ts'
export { compileTemplate, type Template, type TemplateOptions } from './template.ts'
export type { UndefinedNote } from './undefined-reason.ts'
export {
  type ArrayValue,
  createArray,
  createObject,
  getMember,
  isArray,
  isNumber,
  isObject,
  membersOf,
  type NumberValue,
  type ObjectValue,
  type TypeName,
  typeOf,
  type Value,
} from './value.ts'
