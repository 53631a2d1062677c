import type { PageHelp } from '../../shared/help/help.ts'

const LINKS = [
  { text: 'AWS IoT’s own log', file: 'local', heading: 'what-happened-aws-iots-own-log' },
  { text: 'What AWS IoT never logs', file: 'guides/why-a-device-is-refused', heading: 'what-aws-iot-never-logs' },
]

export const logsHelp: PageHelp = {
  title: 'Logs',
  about:
    'What AWS IoT logged in CloudWatch Logs, newest first, each with why in words: connects, refusals, messages, rules.',
  tasks: [
    { what: 'Find something', how: 'Filter by client id, thing, topic, event, reason or trace id, and choose a time.' },
    { what: 'Follow as it comes', how: 'Turn following on: entries come a few seconds after AWS has written them.' },
    {
      what: 'Follow one message',
      how: 'Open an entry and follow its trace: to whom the message went and what rules did.',
    },
    { what: 'See more of one device', how: '**Debug this client for 15 minutes**; the level is put back by itself.' },
  ],
  terms: {
    'Trace id': 'The same on all entries that one request led to.',
    Level: 'DEBUG, INFO, WARN, ERROR or DISABLED. Successes are logged at INFO.',
  },
  trouble: {
    'It is empty': 'Logging is off, at a level that leaves this out, or nothing happened. **Settings** turns it on.',
    'It may not be read': 'The console’s role needs `logs:FilterLogEvents` on the log group.',
  },
  commands: () => [
    { does: 'The last hour', text: 'aws logs tail AWSIotLogsV2 --since 1h' },
    {
      does: 'What failed',
      text: 'aws logs filter-log-events --log-group-name AWSIotLogsV2 --filter-pattern \'{ $.status = "Failure" }\'',
    },
  ],
  links: LINKS,
}

export const logSettingsHelp: PageHelp = {
  title: 'Logging settings',
  about: 'What AWS IoT logs: the level of the account, of single event types, and of single things, groups or clients.',
  tasks: [
    { what: 'Turn logging on', how: 'Choose the role by which AWS IoT writes, and INFO to begin with.' },
    {
      what: 'Log one device in detail',
      how: 'Choose **Add target** and its level. A debug for 15 minutes does the same and ends by itself.',
    },
    { what: 'Pay less', how: 'Set event types that you do not need to a higher level, or turn logging off.' },
  ],
  terms: {
    Target:
      'A thing, group, client id, principal or address with a level of its own. What is more particular goes first.',
  },
  trouble: {
    'AWS refuses the role':
      'It has to trust `iot.amazonaws.com` and may write to CloudWatch Logs; you need `iam:PassRole` on it.',
    'You may not change it': 'That takes the role admin.',
  },
  commands: () => [
    { does: 'What is set', text: 'aws iot get-v2-logging-options' },
    { does: 'Targets of their own', text: 'aws iot list-v2-logging-levels' },
  ],
  links: LINKS,
}
