/** What an editor offers of a function, and what docs/reference/rules-sql-functions.md says of it. */
export interface FunctionReference {
  /** As the guide spells it; case does not count in a statement. */
  readonly name: string
  readonly group: FunctionGroup
  /** `(text, part)`; in brackets what may be left out. */
  readonly parameters: string
  /** Its type where it is not Undefined. */
  readonly result: string
  readonly summary: string
}

export const FUNCTION_GROUPS = [
  'Numbers',
  'Double precision',
  'Bits',
  'Texts',
  'Regular expressions',
  'Hashes',
  'Encodings',
  'Types',
  'Arrays and Objects',
  'Times',
  'The message and the rule',
  'MQTT 5 properties',
  'Asking other services',
] as const

export type FunctionGroup = (typeof FUNCTION_GROUPS)[number]

type Row = readonly [name: string, parameters: string, result: string, summary: string]

const ROWS: Readonly<Record<FunctionGroup, readonly Row[]>> = {
  Numbers: [
    ['abs', '(number)', 'Int, Decimal', 'The number without its sign.'],
    ['ceil', '(number)', 'Int', 'The next whole number that is not smaller.'],
    ['floor', '(number)', 'Int', 'The next whole number that is not larger.'],
    [
      'mod',
      '(dividend, divisor)',
      'Int, Decimal',
      'What a division leaves, with the sign of the dividend; the operator `%`.',
    ],
    ['nanvl', '(value, otherwise)', 'any', 'The value, or the other one where it is Null or Undefined.'],
    ['remainder', '(dividend, divisor)', 'Int, Decimal', 'The same as `mod`.'],
    ['round', '(number)', 'Int', 'The nearest whole number; halves go away from zero.'],
    ['sign', '(number)', 'Int', '1, 0 or -1.'],
    [
      'trunc',
      '(number, places)',
      'Int, Decimal',
      'The number cut off behind so many decimal places, 0 to 34, without zeros at its end; `places` is no String.',
    ],
  ],
  'Double precision': [
    ['acos', '(number)', 'Decimal', 'The angle that has this cosine.'],
    ['asin', '(number)', 'Decimal', 'The angle that has this sine.'],
    ['atan', '(number)', 'Decimal', 'The angle that has this tangent.'],
    ['atan2', '(y, x)', 'Decimal', 'The angle of the point (x, y), seen from the positive x-axis.'],
    ['cos', '(radians)', 'Decimal', 'The cosine.'],
    ['cosh', '(number)', 'Decimal', 'The hyperbolic cosine.'],
    ['exp', '(number)', 'Decimal', 'The power of e.'],
    ['ln', '(number)', 'Decimal', 'The logarithm to the base e.'],
    ['log', '(number)', 'Decimal', 'The logarithm to the base 10.'],
    ['power', '(base, exponent)', 'Decimal', 'The power of a base.'],
    ['sin', '(radians)', 'Decimal', 'The sine.'],
    ['sinh', '(number)', 'Decimal', 'The hyperbolic sine.'],
    ['sqrt', '(number)', 'Decimal', 'The square root.'],
    ['tan', '(radians)', 'Decimal', 'The tangent.'],
    ['tanh', '(number)', 'Decimal', 'The hyperbolic tangent.'],
  ],
  Bits: [
    ['bitand', '(one, other)', 'Int', 'The bits that both have.'],
    ['bitnot', '(number)', 'Int', 'The bits that it has not: `-number - 1`.'],
    ['bitor', '(one, other)', 'Int', 'The bits that one of them has.'],
    ['bitxor', '(one, other)', 'Int', 'The bits that just one of them has.'],
  ],
  Texts: [
    ['chr', '(code)', 'String', 'The ASCII character of a code from 0 to 127.'],
    [
      'concat',
      '(value, …)',
      'String, Array',
      'With an Array among the values one Array of them all, else with a String one text; a single value is itself.',
    ],
    ['endswith', '(text, end)', 'Boolean', 'Whether a text ends so.'],
    ['indexof', '(text, part)', 'Int', 'Where a part begins first, from 0; -1 where it does not.'],
    ['length', '(text)', 'Int', 'How many characters a text has, in UTF-16 units.'],
    ['lower', '(text)', 'String', 'The text in small letters.'],
    ['lpad', '(text, count)', 'String', 'The text with so many spaces before it, 0 to 1000.'],
    ['ltrim', '(text)', 'String', 'The text without the spaces and tabs before it.'],
    ['numbytes', '(text)', 'Int', 'How many bytes a text has in UTF-8.'],
    [
      'replace',
      '(text, part, instead)',
      'String',
      'The text with each occurrence of a part replaced, letter by letter.',
    ],
    ['rpad', '(text, count)', 'String', 'The text with so many spaces behind it, 0 to 1000.'],
    ['rtrim', '(text)', 'String', 'The text without the spaces and tabs behind it.'],
    ['startswith', '(text, start)', 'Boolean', 'Whether a text begins so.'],
    [
      'substring',
      '(text, from[, to])',
      'String',
      'The characters from an index on, counted from 0, up to but without another one.',
    ],
    ['trim', '(text)', 'String', 'The text without the white space around it.'],
    ['upper', '(text)', 'String', 'The text in capitals.'],
  ],
  'Regular expressions': [
    ['regexp_matches', '(text, pattern)', 'Boolean', 'Whether a pattern matches anywhere in a text.'],
    [
      'regexp_replace',
      '(text, pattern, replacement)',
      'String',
      'The text with each match replaced; `$1` and `${name}` in the replacement are what groups hold.',
    ],
    ['regexp_substr', '(text, pattern)', 'String', 'The first match.'],
  ],
  Hashes: [
    ['md2', '(text)', 'String', 'The MD2 hash in hexadecimal digits.'],
    ['md5', '(text)', 'String', 'The MD5 hash in hexadecimal digits.'],
    ['sha1', '(text)', 'String', 'The SHA-1 hash in hexadecimal digits.'],
    ['sha224', '(text)', 'String', 'The SHA-224 hash in hexadecimal digits.'],
    ['sha256', '(text)', 'String', 'The SHA-256 hash in hexadecimal digits.'],
    ['sha384', '(text)', 'String', 'The SHA-384 hash in hexadecimal digits.'],
    ['sha512', '(text)', 'String', 'The SHA-512 hash in hexadecimal digits.'],
  ],
  Encodings: [
    [
      'decode',
      "(text, 'base64')",
      'any',
      'What Base64 holds: the value of JSON, a String of other text, Null where it is neither.',
    ],
    [
      'decode',
      "(value, 'proto', bucket, key, file, messageType)",
      'Object',
      'A protobuf message, by the descriptor set in a bucket; `value` is `*` or Base64.',
    ],
    ['encode', "(value, 'base64')", 'String', 'Base64 of a text, or with `*` of the bytes of the payload.'],
  ],
  Types: [
    ['cast', '(value AS type)', 'by the type', 'The value as String, Int, Decimal or Boolean.'],
    [
      'get_or_default',
      '(value[, otherwise])',
      'any',
      'The value, or the other one where it is Null or Undefined, or fails.',
    ],
    ['isNull', '(value)', 'Boolean', 'Whether a value is Null.'],
    ['isUndefined', '(value)', 'Boolean', 'Whether a value is Undefined.'],
  ],
  'Arrays and Objects': [
    [
      'get',
      '(collection, key)',
      'any',
      'The item of an Array or character of a String by its index from 0, or the member of an Object.',
    ],
    [
      'transform',
      "('enrichArray', object, array)",
      'Array',
      'Each Object of an Array with the members of another Object added.',
    ],
  ],
  Times: [
    [
      'parse_time',
      '(pattern, epochMs[, zone])',
      'String',
      'A time in milliseconds as a text, by a pattern of Joda-Time; in UTC where no zone is named.',
    ],
    [
      'time_to_epoch',
      '(text, pattern)',
      'Int',
      'The milliseconds of a time that is a text, by a pattern of java.time.',
    ],
    ['timestamp', '()', 'Int', 'When the message came, in milliseconds of the epoch.'],
  ],
  'The message and the rule': [
    ['accountid', '()', 'String', 'The account that the rule belongs to.'],
    ['clientid', '()', 'String', 'The MQTT client that sent the message; `n/a` where it came otherwise.'],
    ['newuuid', '()', 'String', 'A new random UUID.'],
    ['principal', '()', 'String', 'Who sent it: the fingerprint of a certificate, or the id of a user or role.'],
    ['rand', '()', 'Decimal', 'A random number from 0 up to 1.'],
    ['sourceip', '()', 'String', 'The address that the message came from.'],
    ['sql_version', '()', 'String', 'The SQL version of the rule.'],
    [
      'topic',
      '([level])',
      'String',
      'The topic, or one level of it, counted from 1; of basic ingest without its first three.',
    ],
    [
      'traceid',
      '()',
      'String',
      'The id by which the logs know the message; Undefined where it did not come over MQTT.',
    ],
  ],
  'MQTT 5 properties': [
    [
      'get_mqtt_property',
      '(name)',
      'String',
      'One of `format_indicator`, `content_type`, `response_topic` and `correlation_data`, the last in Base64.',
    ],
    [
      'get_user_properties',
      '([key])',
      'Array',
      'All values of a user property, in the order in which they were sent; without a key all of them as Objects.',
    ],
  ],
  'Asking other services': [
    ['aws_lambda', '(functionArn, input)', 'any', 'What a Lambda function answers; `input` may be `*`.'],
    [
      'get_dynamodb',
      '(table, partitionKey, value[, sortKey, value], roleArn)',
      'Object',
      'The item of a DynamoDB table; once in a statement.',
    ],
    [
      'get_registry_data',
      '(operation, thing, roleArn)',
      'Object',
      "What the registry says of a thing by 'DescribeThing' or 'ListThingGroupsForThing'; once in a statement.",
    ],
    [
      'get_secret',
      '(secret, type[, key], roleArn)',
      'String, Object',
      "A secret, or a member of it; its type is 'SecretString' or 'SecretBinary'.",
    ],
    [
      'get_thing_shadow',
      '(thing[, shadow], roleArn)',
      'Object',
      'The document of a shadow, the classic one where none is named.',
    ],
    ['machinelearning_predict', '(model, roleArn, record)', 'Object', 'What a model predicts for a record.'],
  ],
}

/** Every function, by groups in the order of {@link FUNCTION_GROUPS}. `decode`, which has two forms, is there twice. */
export const FUNCTION_REFERENCES: readonly FunctionReference[] = FUNCTION_GROUPS.flatMap((group) =>
  ROWS[group].map(([name, parameters, result, summary]) => ({ name, group, parameters, result, summary })),
)
