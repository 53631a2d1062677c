export {
  type Condition,
  type ConditionGroup,
  formatCondition,
  formatConditions,
  formatField,
  isGroup,
  NO_CONDITION,
  type Operator,
  readConditions,
  withoutPlace,
} from './conditions.ts'
export { type Glob, literalPrefix } from './glob.ts'
export {
  type Bound,
  fieldsOf,
  type IndexedDocument,
  type IndexedValue,
  isNumber,
  matches,
  type Query,
} from './query.ts'
export { QueryError } from './query-error.ts'
export { type CheckField, invalidField, parseQuery } from './query-parser.ts'
