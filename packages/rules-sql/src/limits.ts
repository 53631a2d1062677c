/**
 * Bounds of what a rule may ask for. Those of AWS name their source; the others keep untrusted SQL and messages
 * harmless.
 */
export const SQL_LIMITS = {
  /** Characters of a statement. AWS bounds the whole rule to 128 KB. Source: AWS General Reference, "AWS IoT rules". */
  textLength: 131_072,
  /** Levels of parentheses, calls, literals and nested queries, and of the objects that an alias makes. */
  nesting: 100,
  /** Height of an expression's tree; `a + b + c` has three levels. */
  height: 1000,
  /** Rows of nested queries, calls of functions and items compared, in one run. */
  steps: 250_000,
  /** Characters of a text that an operator or function makes, and of the JSON of a literal: eight times a message. */
  valueLength: 1_048_576,
  /** Levels of a payload. */
  payloadDepth: 1000,
  /** Variables of SET. Source: AWS IoT developer guide, "SET clause". */
  variables: 10,
  /** Characters of a variable's name. Source: as above. */
  variableName: 64,
  /** Bytes of the compact JSON of one variable, and of all together. Source: as above. */
  variableBytes: 131_072,
} as const
