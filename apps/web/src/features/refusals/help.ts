import type { PageHelp } from '../../shared/help/help.ts'

export const refusalsHelp: PageHelp = {
  title: 'Refusals',
  about: 'What AWS IoT refused, to which client, why, and how often. Refusals that are alike share a line.',
  tasks: [
    {
      what: 'Find out why a device is refused',
      how: [
        'Filter by its client id or thing, and choose a time.',
        'Select the line: the panel below the list says why, and what to do about it.',
        'Choose **Open in the simulator**: it asks exactly this request, and shows the smallest change that allows it.',
      ],
    },
    {
      what: 'Mend it',
      how: 'Change the topic that the device uses, or open the draft of the policy from the simulator.',
    },
  ],
  terms: {
    Principal: 'The certificate or identity that the client connected with.',
    Event: 'What they tried: connect, publish, subscribe and others.',
    Reason: 'The word of AWS IoT’s log, such as AUTHORIZATION_FAILURE.',
  },
  trouble: {
    'A refused device is not here':
      'Logging has to be on at ERROR or lower. A failed TLS handshake is never logged; the guide says what is.',
    'The client is not named':
      'It was turned away before its CONNECT was read. The page says how to log failed authentications.',
  },
  commands: () => [
    {
      does: 'What failed, by hand',
      text: 'aws logs filter-log-events --log-group-name AWSIotLogsV2 --filter-pattern \'{ $.status = "Failure" }\'',
    },
  ],
  links: [
    { text: 'Find out why a device is refused', file: 'guides/why-a-device-is-refused', heading: 'find-it' },
    {
      text: 'What it says, and what to do',
      file: 'guides/why-a-device-is-refused',
      heading: 'what-it-says-and-what-to-do',
    },
    { text: 'What AWS IoT never logs', file: 'guides/why-a-device-is-refused', heading: 'what-aws-iot-never-logs' },
  ],
}
