import { isObject } from '../../../shared/json-object-in.ts'
import { type ActionDescription, textAt } from './action-description.ts'
import {
  checkTimestamp,
  choice,
  destination,
  flag,
  list,
  map,
  number,
  optionalTemplate,
  optionalText,
  ROLE,
  template,
  text,
  timestamp,
} from './fields.ts'
import { lastPart } from './last-part.ts'

/** Actions that keep what messages say. */

const TABLE = { targets: 'table', placeholder: 'pumps', help: 'Its name, not its ARN.' } as const
const KEY_TYPES = [
  ['STRING', 'Text'],
  ['NUMBER', 'Number'],
] as const

/** @see AWS IoT developer guide, "DynamoDB" */
export const DYNAMO_DB: ActionDescription<'dynamoDB'> = {
  name: 'dynamoDB',
  title: 'DynamoDB',
  does: 'Writes the whole message into one column of a table.',
  icon: 'insert-row',
  words: (settings) => {
    const table = textAt(settings, 'tableName') || 'a table'
    const operation = textAt(settings, 'operation').toUpperCase()
    return operation === 'DELETE'
      ? `deletes from ${table}`
      : operation === 'UPDATE'
        ? `updates ${table}`
        : `puts into ${table}`
  },
  fields: [
    template('tableName', 'Table', TABLE),
    template('hashKeyField', 'Partition key', { placeholder: 'device', help: 'Its name, as the table has it.' }),
    template('hashKeyValue', 'Value of the partition key', { placeholder: '${topic(2)}' }),
    choice('hashKeyType', 'Type of the partition key', KEY_TYPES, 'As AWS has it: text'),
    optionalTemplate('rangeKeyField', 'Sort key', { placeholder: 'at', help: 'Its name, where the table has one.' }),
    optionalTemplate('rangeKeyValue', 'Value of the sort key', { placeholder: '${timestamp()}' }),
    choice('rangeKeyType', 'Type of the sort key', KEY_TYPES, 'As AWS has it: text'),
    optionalTemplate('payloadField', 'Column of the message', { placeholder: 'payload' }),
    optionalTemplate('operation', 'Operation', {
      suggestions: ['INSERT', 'UPDATE', 'DELETE'],
      placeholder: 'INSERT',
      help: 'Inserting replaces what has the same key.',
    }),
    ROLE,
  ],
  check: (settings) => {
    const wrong = new Map<string, string>()
    const [field, value] = [textAt(settings, 'rangeKeyField'), textAt(settings, 'rangeKeyValue')]
    if (field !== '' && value === '') wrong.set('rangeKeyValue', 'A sort key needs a value.')
    if (field === '' && value !== '') wrong.set('rangeKeyField', 'Which key has this value?')
    return wrong
  },
}

/** @see AWS IoT developer guide, "DynamoDBv2" */
export const DYNAMO_DB_V2: ActionDescription<'dynamoDBv2'> = {
  name: 'dynamoDBv2',
  title: 'DynamoDBv2',
  does: 'Writes the message into a table, a column for each of its members.',
  icon: 'insert-row',
  words: (settings) => `puts into ${textAt(settings, 'putItem.tableName') || 'a table'}`,
  fields: [
    template('putItem.tableName', 'Table', {
      ...TABLE,
      help: 'Its name. What SELECT gives must have its keys as members.',
    }),
    ROLE,
  ],
}

/** @see AWS IoT developer guide, "S3" */
export const S3: ActionDescription<'s3'> = {
  name: 's3',
  title: 'S3',
  does: 'Writes the message as an object into a bucket.',
  icon: 'folder',
  words: (settings) => `writes into ${textAt(settings, 'bucketName') || 'a bucket'}`,
  fields: [
    template('bucketName', 'Bucket', { targets: 'bucket', placeholder: 'pump-messages' }),
    template('key', 'Key', {
      placeholder: '${topic()}/${timestamp()}',
      help: 'The name of the object. One that is the same for all messages is overwritten by each.',
    }),
    choice(
      'cannedAcl',
      'Canned ACL',
      [
        'private',
        'bucket-owner-full-control',
        'bucket-owner-read',
        'authenticated-read',
        'aws-exec-read',
        'log-delivery-write',
        'public-read',
        'public-read-write',
      ].map((acl) => [acl, acl] as const),
      'None',
      'Who may read the object. Buckets whose owner has turned off ACLs refuse it.',
    ),
    ROLE,
  ],
}

/** @see AWS IoT developer guide, "Timestream" */
export const TIMESTREAM: ActionDescription<'timestream'> = {
  name: 'timestream',
  title: 'Timestream',
  does: 'Writes a record of a time series for each member of the message.',
  icon: 'calendar',
  words: (settings) =>
    `writes to ${textAt(settings, 'databaseName') || 'a database'}.${textAt(settings, 'tableName') || 'a table'}`,
  fields: [
    template('databaseName', 'Database', { placeholder: 'plant' }),
    template('tableName', 'Table', { placeholder: 'pumps' }),
    list('dimensions', 'Dimensions', {
      isRequired: true,
      one: 'dimension',
      many: 'dimensions',
      most: 128,
      help: 'By what one asks later, as the device.',
      fields: [
        text('name', 'Name', { placeholder: 'device' }),
        template('value', 'Value', { placeholder: '${topic(2)}' }),
      ],
    }),
    ...timestamp(false),
    ROLE,
  ],
  check: (settings) => checkTimestamp(settings, true),
}

/** @see AWS IoT developer guide, "InfluxDB" */
export const INFLUX_DB: ActionDescription<'influxDB'> = {
  name: 'influxDB',
  title: 'InfluxDB',
  does: 'Writes the members of the message as a point of a time series.',
  icon: 'calendar',
  words: (settings) =>
    `writes to ${textAt(settings, 'databaseName') || 'a database'}.${textAt(settings, 'tableName') || 'a table'}`,
  fields: [
    destination('influxdb'),
    text('databaseName', 'Database', { maxLength: 64, help: 'Of InfluxDB 2 the bucket.' }),
    template('tableName', 'Table', { maxLength: 1024, help: 'The measurement. @{…} names a member of the result.' }),
    optionalText('organization', 'Organization', { maxLength: 64, help: 'InfluxDB 2 needs it.' }),
    map('tags', 'Tags', {
      one: 'tag',
      most: 498,
      help: 'By what one asks later.',
    }),
    choice(
      'timestampUnit',
      'Unit of the time',
      [
        ['s', 'Seconds'],
        ['ms', 'Milliseconds'],
        ['us', 'Microseconds'],
        ['ns', 'Nanoseconds'],
      ],
      'As AWS has it: milliseconds',
      'Of the member timestamp, which each point has to have.',
    ),
    number('batchConfig.maxBatchSize', 'Points of a batch', 1, 500, 'points'),
    number('batchConfig.maxBatchOpenMs', 'Wait for so long', 5, 1000, 'ms'),
    number('batchConfig.maxBatchSizeBytes', 'Size of a batch', 100, 131_072, 'bytes'),
    flag('batchConfig.batchAcrossTopics', 'Batch across topics'),
    { ...ROLE, help: 'May read the secret in which the token is.' },
  ],
  check: (settings) => {
    const name = textAt(settings, 'databaseName')
    if (name !== '' && (name.length < 2 || name.startsWith('_'))) {
      return new Map([['databaseName', 'Two characters at least, and no _ as the first.']])
    }
    return new Map()
  },
}

const SEARCH_FIELDS = [
  template('endpoint', 'Endpoint of the domain', {
    placeholder: 'https://search-pumps-abc.eu-central-1.es.amazonaws.com',
    pattern: /^https?:\/\/.+$/,
    patternWords: 'The URL of a domain, https://….es.amazonaws.com. Domains within a VPC cannot be reached.',
  }),
  template('index', 'Index', { placeholder: 'pumps' }),
  template('type', 'Type', { placeholder: '_doc', help: '_doc, but for very old domains.' }),
  template('id', 'Document', { placeholder: '${newuuid()}', help: 'Its id: one that there is is replaced.' }),
  ROLE,
]

/** @see AWS IoT developer guide, "OpenSearch" */
export const OPEN_SEARCH: ActionDescription<'openSearch'> = {
  name: 'openSearch',
  title: 'OpenSearch',
  does: 'Writes the message as a document into a search domain.',
  icon: 'search',
  words: (settings) => `writes into ${textAt(settings, 'index') || 'an index'}`,
  fields: SEARCH_FIELDS,
}

/** @see AWS IoT API reference, "ElasticsearchAction" */
export const ELASTICSEARCH: ActionDescription<'elasticsearch'> = {
  ...OPEN_SEARCH,
  name: 'elasticsearch',
  title: 'Elasticsearch',
  ended: 'AWS takes it only of rules that have it already: use OpenSearch.',
}

/** @see AWS IoT developer guide, "IoT SiteWise" */
export const IOT_SITE_WISE: ActionDescription<'iotSiteWise'> = {
  name: 'iotSiteWise',
  title: 'IoT SiteWise',
  does: 'Writes values of properties of assets.',
  icon: 'settings',
  words: (settings) => {
    const entries = Array.isArray(settings.putAssetPropertyValueEntries) ? settings.putAssetPropertyValueEntries : []
    const [first] = entries
    const name = textAt(first, 'propertyAlias') || lastPart(textAt(first, 'propertyId'), 'a property')
    return entries.length > 1 ? `writes ${name} and ${entries.length - 1} more` : `writes ${name}`
  },
  fields: [
    list('putAssetPropertyValueEntries', 'Properties', {
      isRequired: true,
      one: 'property',
      many: 'properties',
      most: 10,
      fields: [
        optionalTemplate('propertyAlias', 'Alias', {
          placeholder: '/plant/${topic(2)}/pressure',
          help: 'Or, instead, both ids below.',
        }),
        optionalTemplate('assetId', 'Asset'),
        optionalTemplate('propertyId', 'Property'),
        optionalTemplate('entryId', 'Entry', { help: 'An id of your own for it. AWS makes one where none is given.' }),
        list('propertyValues', 'Values', {
          isRequired: true,
          one: 'value',
          many: 'values',
          most: 10,
          fields: [
            optionalTemplate('value.doubleValue', 'Decimal', { placeholder: '${bar}', help: 'One of the four.' }),
            optionalTemplate('value.integerValue', 'Whole number'),
            optionalTemplate('value.booleanValue', 'True or false'),
            optionalTemplate('value.stringValue', 'Text'),
            template('timestamp.timeInSeconds', 'Time in seconds', { placeholder: '${floor(timestamp() / 1E3)}' }),
            optionalTemplate('timestamp.offsetInNanos', 'Nanoseconds behind it'),
            optionalTemplate('quality', 'Quality', { suggestions: ['GOOD', 'BAD', 'UNCERTAIN'], placeholder: 'GOOD' }),
          ],
        }),
      ],
    }),
    ROLE,
  ],
  check: (settings) => {
    const entries = Array.isArray(settings.putAssetPropertyValueEntries) ? settings.putAssetPropertyValueEntries : []
    const wrong = entries.flatMap((entry, index) => whyNotEntry(entry, index + 1) ?? [])
    return new Map(wrong[0] === undefined ? [] : [['putAssetPropertyValueEntries', wrong[0]]])
  },
}

const VALUES = ['doubleValue', 'integerValue', 'booleanValue', 'stringValue']

function whyNotEntry(entry: unknown, place: number): string | undefined {
  const isByIds = textAt(entry, 'assetId') !== '' && textAt(entry, 'propertyId') !== ''
  if ((textAt(entry, 'propertyAlias') !== '') === isByIds) {
    return `Property ${place} needs an alias, or the ids of its asset and of itself.`
  }
  const values = isObject(entry) && Array.isArray(entry.propertyValues) ? entry.propertyValues : []
  const isOne = (value: unknown) => VALUES.filter((kind) => textAt(value, `value.${kind}`) !== '').length === 1
  return values.every(isOne) ? undefined : `Each value of property ${place} is given in one of the four ways.`
}
