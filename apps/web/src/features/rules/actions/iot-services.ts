import { type ActionDescription, textAt } from './action-description.ts'
import { checkTimestamp, flag, optionalTemplate, optionalText, ROLE, template, timestamp } from './fields.ts'

/** Actions for other services of AWS's that are about devices. */

/** @see AWS IoT developer guide, "Location" */
export const LOCATION: ActionDescription<'location'> = {
  name: 'location',
  title: 'Location',
  does: 'Tells a tracker of Amazon Location where a device is.',
  icon: 'map',
  words: (settings) =>
    `moves ${textAt(settings, 'deviceId') || 'a device'} in ${textAt(settings, 'trackerName') || 'a tracker'}`,
  fields: [
    template('trackerName', 'Tracker', { placeholder: 'fleet' }),
    template('deviceId', 'Device', { placeholder: '${topic(2)}' }),
    template('latitude', 'Latitude', { placeholder: '${position.lat}' }),
    template('longitude', 'Longitude', { placeholder: '${position.long}' }),
    ...timestamp(true),
    ROLE,
  ],
  check: (settings) => checkTimestamp(settings, false),
}

/** @see AWS IoT developer guide, "IoT Events" */
export const IOT_EVENTS: ActionDescription<'iotEvents'> = {
  name: 'iotEvents',
  title: 'IoT Events',
  does: 'Sends the message to an input of IoT Events.',
  icon: 'gen-ai',
  words: (settings) => `sends to ${textAt(settings, 'inputName') || 'an input'}`,
  ended: 'AWS has ended IoT Events.',
  fields: [
    template('inputName', 'Input'),
    optionalTemplate('messageId', 'Message id', { help: 'Not in batches.' }),
    flag(
      'batchMode',
      'The message is a batch',
      'It is an array, and each of its elements becomes a message: 10 at most.',
    ),
    ROLE,
  ],
  check: (settings) =>
    new Map(
      settings.batchMode === true && textAt(settings, 'messageId') !== ''
        ? [['messageId', 'Messages of a batch cannot all have one id.']]
        : [],
    ),
}

/** @see AWS IoT developer guide, "IoT Analytics" */
export const IOT_ANALYTICS: ActionDescription<'iotAnalytics'> = {
  name: 'iotAnalytics',
  title: 'IoT Analytics',
  does: 'Sends the message to a channel of IoT Analytics.',
  icon: 'view-full',
  words: (settings) => `sends to ${textAt(settings, 'channelName') || textAt(settings, 'channelArn') || 'a channel'}`,
  ended: 'AWS has ended IoT Analytics.',
  fields: [
    template('channelName', 'Channel'),
    optionalText('channelArn', 'Channel ARN', { help: 'The old way of naming the channel.' }),
    flag(
      'batchMode',
      'The message is a batch',
      'It is an array, and each of its elements becomes a message: 100 at most.',
    ),
    ROLE,
  ],
}
