import type { RuleFunction } from '../rule-function.ts'
import { BITWISE_FUNCTIONS } from './bitwise.ts'
import { COLLECTION_FUNCTIONS } from './collections.ts'
import { DATE_TIME_FUNCTIONS } from './date-time/date-time.ts'
import { DOUBLE_PRECISION_FUNCTIONS } from './double-precision.ts'
import { ENCODING_FUNCTIONS } from './encoding.ts'
import { HASHING_FUNCTIONS } from './hashing.ts'
import { MESSAGE_CONTEXT_FUNCTIONS } from './message-context.ts'
import { MQTT_PROPERTY_FUNCTIONS } from './mqtt-properties.ts'
import { NUMERIC_FUNCTIONS } from './numeric.ts'
import { PADDING_AND_TRIMMING_FUNCTIONS } from './padding-and-trimming.ts'
import { REGULAR_EXPRESSION_FUNCTIONS } from './regular-expressions.ts'
import { AWS_CALL_FUNCTIONS } from './services/aws-calls.ts'
import { DECODE_PROTOBUF_FUNCTION } from './services/decode-protobuf.ts'
import { GET_SECRET_FUNCTIONS } from './services/get-secret.ts'
import { STRING_FUNCTIONS } from './strings.ts'
import { TYPE_TEST_FUNCTIONS } from './type-tests.ts'

/** Every function of the language. A name that comes more than once is told apart by how many arguments a call has. */
export const FUNCTIONS: readonly RuleFunction[] = [
  ...NUMERIC_FUNCTIONS,
  ...DOUBLE_PRECISION_FUNCTIONS,
  ...BITWISE_FUNCTIONS,
  ...STRING_FUNCTIONS,
  ...PADDING_AND_TRIMMING_FUNCTIONS,
  ...REGULAR_EXPRESSION_FUNCTIONS,
  ...HASHING_FUNCTIONS,
  ...ENCODING_FUNCTIONS,
  ...TYPE_TEST_FUNCTIONS,
  ...COLLECTION_FUNCTIONS,
  ...MESSAGE_CONTEXT_FUNCTIONS,
  ...MQTT_PROPERTY_FUNCTIONS,
  ...DATE_TIME_FUNCTIONS,
  ...AWS_CALL_FUNCTIONS,
  ...GET_SECRET_FUNCTIONS,
  DECODE_PROTOBUF_FUNCTION,
]
