import { isObject } from '../../../shared/json-object-in.ts'
import { type ActionDescription, textAt } from './action-description.ts'
import { choice, destination, flag, list, map, optionalTemplate, ROLE, template } from './fields.ts'

/** Actions that write to a stream. */

/** @see AWS IoT developer guide, "Kinesis Data Streams" */
export const KINESIS: ActionDescription<'kinesis'> = {
  name: 'kinesis',
  title: 'Kinesis',
  does: 'Writes the message to a data stream.',
  icon: 'upload',
  words: (settings) => `writes to ${textAt(settings, 'streamName') || 'a stream'}`,
  fields: [
    template('streamName', 'Stream', { targets: 'stream', placeholder: 'telemetry', help: 'Its name, not its ARN.' }),
    optionalTemplate('partitionKey', 'Partition key', {
      placeholder: '${topic(2)}',
      help: 'What has the same key stays in its order. AWS recommends one that differs: ${newuuid()} where order does not matter.',
    }),
    ROLE,
  ],
}

/** @see AWS IoT developer guide, "Kinesis Data Firehose" */
export const FIREHOSE: ActionDescription<'firehose'> = {
  name: 'firehose',
  title: 'Firehose',
  does: 'Writes the message to a delivery stream, which collects for S3, Redshift and others.',
  icon: 'download',
  words: (settings) => `writes to ${textAt(settings, 'deliveryStreamName') || 'a delivery stream'}`,
  fields: [
    template('deliveryStreamName', 'Delivery stream', {
      targets: 'delivery-stream',
      placeholder: 'to-the-lake',
      help: 'Its name, not its ARN.',
    }),
    choice(
      'separator',
      'Separator',
      [
        ['\n', 'New line (\\n)'],
        ['\t', 'Tab (\\t)'],
        ['\r\n', 'Windows new line (\\r\\n)'],
        [',', 'Comma'],
      ],
      'None: messages follow each other at once',
      'What is written behind each message.',
    ),
    flag(
      'batchMode',
      'The message is a batch',
      'It is an array, and each of its elements becomes a record: 500 at most.',
    ),
    ROLE,
  ],
}

const PROPERTY_NAMES = ['bootstrap.servers', 'security.protocol', 'acks', 'compression.type', 'sasl.mechanism']

/** @see AWS IoT developer guide, "Apache Kafka" */
export const KAFKA: ActionDescription<'kafka'> = {
  name: 'kafka',
  title: 'Kafka',
  does: 'Writes the message to a topic of Apache Kafka in a VPC.',
  icon: 'share',
  words: (settings) => `writes to ${textAt(settings, 'topic') || 'a topic'}`,
  fields: [
    destination('vpc'),
    template('topic', 'Kafka topic', { placeholder: 'telemetry' }),
    optionalTemplate('key', 'Key', { placeholder: '${topic(2)}' }),
    optionalTemplate('partition', 'Partition', { help: 'A number. Without it, Kafka chooses by the key.' }),
    map('clientProperties', 'Client properties', {
      isRequired: true,
      one: 'property',
      most: 32,
      isSecret: true,
      help: `${PROPERTY_NAMES.join(', ')} and others. Passwords and key stores come of Secrets Manager by \${get_secret(…)}: what is written here anybody can read who may read the rule.`,
    }),
    list('headers', 'Headers', {
      one: 'header',
      many: 'headers',
      most: 100,
      fields: [template('key', 'Name', { maxLength: 16_384 }), template('value', 'Value', { maxLength: 16_384 })],
    }),
  ],
  check: (settings) => {
    const properties = settings.clientProperties
    const isGiven = isObject(properties) && properties['bootstrap.servers']
    return new Map(isGiven ? [] : [['clientProperties', 'The property bootstrap.servers is needed.']])
  },
}
