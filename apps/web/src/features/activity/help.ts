import type { PageHelp } from '../../shared/help/help.ts'

export const activityHelp: PageHelp = {
  title: 'Activity',
  about:
    'Who changed what through this console: every write of a person, done or refused, with the values before and after.',
  tasks: [
    {
      what: 'Find who changed something',
      how: 'Filter by **Name of a thing**, person or action and choose a time. Select an entry for what was there before and after.',
    },
    {
      what: 'See what was refused',
      how: 'Filter by the outcome: a write that a role forbids is listed here, too, with who tried.',
    },
    {
      what: 'Make sure that nothing was altered',
      how: 'Choose **Verify the trail**: each entry is checked against the one before it.',
    },
  ],
  terms: {
    'By way of': 'How it was done: by the page, over MQTT, or by a bulk change.',
    Request: 'The id that the console server gave the request; its log has the same one.',
  },
  trouble: {
    'A change is missing':
      'The trail knows what was done by this console. What the AWS CLI or another program changed is in AWS CloudTrail.',
    'The trail begins later than you expect':
      'If the server keeps it in memory, it begins when the server starts. A file or Redis keeps it for longer.',
  },
  links: [
    { text: 'What the console remembers, and where', file: 'architecture', heading: 'what-the-bff-remembers' },
    { text: 'A trail that can be told to be whole', file: 'decisions/0018-a-trail-that-can-be-told-to-be-whole' },
  ],
}
