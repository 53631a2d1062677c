import type { PageHelp } from '../../shared/help/help.ts'

export const bulkChangesHelp: PageHelp = {
  title: 'Bulk changes',
  about:
    'One change of up to 10,000 things: shadows, attributes, types, groups, tags, policies, certificates. A dry run shows first what would change where.',
  tasks: [
    {
      what: 'Change many things',
      how: [
        'Choose **New bulk change**, and which things: by name, of a group, of a type, or by a query.',
        'Say what to do. What is not named stays as it is.',
        'Look at the dry run: before and after of each thing, and what would be refused.',
        'Begin. You may leave the page; the console server goes on.',
      ],
    },
    {
      what: 'Stop, or take it back',
      how: 'Open the change: pause and cancel it, retry what failed, or undo what was changed.',
    },
  ],
  terms: {
    'Dry run': 'Reads each thing and works out the change without doing it.',
    'Requests a second': 'How fast it goes; the rate keeps below the quota that AWS has for the operation.',
    Undo: 'Puts back what was there before, unless somebody has changed it since.',
  },
  trouble: {
    'It paused by itself': 'Too many things in a row failed. Look at the results, fix the cause, and resume.',
    'It ends with this console':
      'The server keeps it in memory only. Set `SHARED_FILE` or `REDIS_URL` for it to go on after a restart.',
  },
  commands: () => [
    {
      does: 'The same for a single thing',
      text: "aws iot update-thing --thing-name THING --attribute-payload 'attributes={site=hall-2},merge=true'",
    },
  ],
  links: [
    { text: 'What the console remembers, and where', file: 'architecture', heading: 'what-the-bff-remembers' },
    { text: 'How the console asks AWS', file: 'architecture', heading: 'how-the-bff-asks-aws' },
  ],
}
