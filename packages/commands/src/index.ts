export { CommandError } from './command-error.ts'
export {
  EXECUTION_STATUSES,
  type ExecutionState,
  type ExecutionStatus,
  isFinal,
  REPORTABLE,
  type ReportedStatus,
  whyNotReported,
} from './execution-state.ts'
export { type CommandParameter, checkParameters, chosenValue, parametersOf } from './parameter.ts'
export {
  checkValue,
  PARAMETER_TYPES,
  type ParameterType,
  type ParameterValue,
  type PlainValue,
  plainValue,
  VALUE_MEMBERS,
  valueText,
} from './parameter-value.ts'
export {
  fillTemplate,
  JSON_FORM,
  type PayloadForm,
  parameterPlaceholder,
  type TemplateValues,
  TIMEOUT_PLACEHOLDER,
  templateParameters,
} from './payload-template.ts'
export {
  COMPARISON_OPERATORS,
  type ComparisonOperand,
  type ComparisonOperator,
  OPERANDS,
  operandText,
  type ValueCondition,
} from './value-conditions.ts'
