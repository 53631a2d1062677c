import type { ActionDescription, ActionSettings } from './action-description.ts'
import { textAt } from './action-description.ts'
import { choice, flag, list, number, optionalTemplate, optionalText, ROLE, template, text } from './fields.ts'
import { lastPart } from './last-part.ts'

/** Actions that send a message on, as it is. */

/** @see AWS IoT developer guide, "SQS" */
export const SQS: ActionDescription<'sqs'> = {
  name: 'sqs',
  title: 'SQS',
  does: 'Sends the message to a queue.',
  icon: 'envelope',
  words: (settings) => `sends to ${lastPart(textAt(settings, 'queueUrl'), 'a queue')}`,
  fields: [
    template('queueUrl', 'Queue URL', {
      targets: 'queue',
      placeholder: 'https://sqs.eu-central-1.amazonaws.com/123456789012/pump-alarms',
      pattern: /^https?:\/\/[^/]+\/(?!.*\.fifo$).+$/,
      patternWords:
        'The URL of a queue, https://sqs.REGION.amazonaws.com/ACCOUNT/NAME. Rules cannot send to FIFO queues.',
    }),
    flag('useBase64', 'Encode as Base64', 'For payloads that are no text: SQS takes only texts.'),
    ROLE,
  ],
}

/** @see AWS IoT developer guide, "SNS" */
export const SNS: ActionDescription<'sns'> = {
  name: 'sns',
  title: 'SNS',
  does: 'Notifies whoever subscribed to a topic of SNS: by e-mail, SMS, a push.',
  icon: 'notification',
  words: (settings) => `notifies ${lastPart(textAt(settings, 'targetArn'), 'a topic')}`,
  fields: [
    template('targetArn', 'Topic ARN', {
      targets: 'topic',
      placeholder: 'arn:aws:sns:eu-central-1:123456789012:pump-alarms',
      pattern: /^arn:aws[a-z-]*:sns:[^:]+:\d{12}:(?!.*\.fifo$).+$/,
      patternWords:
        'The ARN of a topic or an endpoint, arn:aws:sns:REGION:ACCOUNT:NAME. Rules cannot notify FIFO topics.',
    }),
    choice(
      'messageFormat',
      'Message format',
      [
        ['RAW', 'Raw: all get the message as it is'],
        ['JSON', 'JSON: the message has one text for each protocol'],
      ],
      'As AWS has it: raw',
    ),
    ROLE,
  ],
}

/** @see AWS IoT developer guide, "Republish" */
export const REPUBLISH: ActionDescription<'republish'> = {
  name: 'republish',
  title: 'Republish',
  does: 'Publishes the message to another MQTT topic.',
  icon: 'redo',
  words: (settings) => `publishes to ${textAt(settings, 'topic') || 'a topic'}`,
  fields: [
    template('topic', 'Topic', {
      placeholder: 'alarms/${topic(2)}',
      help: 'A topic that begins with $ is written with another $ before it: $$aws/things/….',
    }),
    choice(
      'qos',
      'Quality of service',
      [
        [0, '0: at most once'],
        [1, '1: at least once'],
      ],
      'As AWS has it: 0',
    ),
    optionalTemplate('headers.contentType', 'Content type', { maxLength: 1024, placeholder: 'application/json' }),
    optionalTemplate('headers.payloadFormatIndicator', 'Payload format', {
      maxLength: 1024,
      suggestions: ['UNSPECIFIED_BYTES', 'UTF8_DATA'],
    }),
    optionalTemplate('headers.responseTopic', 'Response topic', { maxLength: 1024 }),
    optionalTemplate('headers.correlationData', 'Correlation data', { maxLength: 1024, help: 'In Base64.' }),
    optionalTemplate('headers.messageExpiry', 'Message expiry', { maxLength: 1024, help: 'In seconds.' }),
    list('headers.userProperties', 'User properties', {
      one: 'user property',
      many: 'user properties',
      most: 100,
      fields: [template('key', 'Name', { maxLength: 1024 }), template('value', 'Value', { maxLength: 1024 })],
    }),
    ROLE,
  ],
}

const isHttps = /^https:\/\/[^/\s]+(?::(?:443|8443))?(?:\/\S*)?$/

/** @see AWS IoT developer guide, "HTTP" */
export const HTTP: ActionDescription<'http'> = {
  name: 'http',
  title: 'HTTPS',
  does: 'Posts the message to an endpoint of yours.',
  icon: 'external',
  words: (settings) => `posts to ${textAt(settings, 'url').replace(/[?#].*$/, '') || 'an endpoint'}`,
  fields: [
    template('url', 'URL', {
      placeholder: 'https://example.com/pumps',
      pattern: isHttps,
      patternWords: 'A URL that begins with https://, on port 443 or 8443.',
      maxLength: 2_000,
    }),
    optionalTemplate('confirmationUrl', 'Confirmation URL', {
      pattern: isHttps,
      patternWords: 'A URL that begins with https://, on port 443 or 8443.',
      maxLength: 2000,
      help: 'The destination that has to be confirmed, with which the URL begins. Needed where the URL has templates.',
    }),
    list('headers', 'Headers', {
      one: 'header',
      many: 'headers',
      most: 100,
      fields: [text('key', 'Name', { maxLength: 256 }), template('value', 'Value', { isSecret: true })],
    }),
    optionalText('auth.sigv4.serviceName', 'Sign for the service', {
      help: 'Where the endpoint is one of AWS: requests are signed (SigV4) for it.',
      placeholder: 'execute-api',
    }),
    optionalText('auth.sigv4.signingRegion', 'Sign for the region', { placeholder: 'eu-central-1' }),
    { ...ROLE, path: 'auth.sigv4.roleArn', label: 'Sign with the role', isRequired: false },
    flag('enableBatching', 'Send several messages at once', 'As a JSON array. Not in an error action.'),
    number('batchConfig.maxBatchOpenMs', 'Wait for so long', 5, 200, 'ms', '20 ms where nothing is given.'),
    number('batchConfig.maxBatchSize', 'Messages of a batch', 2, 10, 'messages', '10 where nothing is given.'),
    number('batchConfig.maxBatchSizeBytes', 'Size of a batch', 100, 131_072, 'bytes', '5,120 where nothing is given.'),
    flag('batchConfig.batchAcrossTopics', 'Batch across topics'),
  ],
  check: (settings) => {
    const wrong = new Map<string, string>()
    const [url, confirmationUrl] = [textAt(settings, 'url'), textAt(settings, 'confirmationUrl')]
    if (url.includes('${') && confirmationUrl === '') {
      wrong.set('confirmationUrl', 'AWS asks for it where the URL has templates.')
    } else if (confirmationUrl !== '' && url !== '' && !url.startsWith(confirmationUrl)) {
      wrong.set('confirmationUrl', 'The URL has to begin with it.')
    }
    for (const member of ['serviceName', 'signingRegion', 'roleArn']) {
      if (isSigned(settings) && textAt(settings, `auth.sigv4.${member}`) === '') {
        wrong.set(`auth.sigv4.${member}`, 'Signing needs the service, the region and the role.')
      }
    }
    return wrong
  },
}

const isSigned = (settings: ActionSettings) =>
  ['serviceName', 'signingRegion', 'roleArn'].some((member) => textAt(settings, `auth.sigv4.${member}`) !== '')

/** @see AWS IoT developer guide, "Salesforce IoT" */
export const SALESFORCE: ActionDescription<'salesforce'> = {
  name: 'salesforce',
  title: 'Salesforce IoT',
  does: 'Sends the message to an input stream of Salesforce IoT.',
  icon: 'share',
  words: () => 'sends to an input stream',
  ended: 'Salesforce has ended its IoT cloud.',
  fields: [
    text('url', 'URL', {
      pattern:
        /^https:\/\/ingestion-[a-zA-Z0-9]{1,12}\.[a-zA-Z0-9]+\.(?:(?:sfdc-matrix\.net)|(?:sfdcnow\.com))\/streams\/\w{1,20}\/\w{1,20}\/event$/,
      patternWords: 'https://ingestion-….sfdcnow.com/streams/…/…/event',
      maxLength: 2000,
    }),
    text('token', 'Token', { isSecret: true, minLength: 40 }),
  ],
}
