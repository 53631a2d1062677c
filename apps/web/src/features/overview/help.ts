import type { PageHelp } from '../../shared/help/help.ts'

export const overviewHelp: PageHelp = {
  title: 'Overview',
  about: 'What is wrong and what is normal at a glance: one line for each subject, the worst first.',
  tasks: [
    { what: 'Go to what is wrong', how: 'Each number leads to the list behind it.' },
    {
      what: 'Find anything',
      how: 'Press **Ctrl K** (`⌘ K`) and type part of its name: things, topics, certificates, policies, rules, pages, actions.',
    },
    {
      what: 'Go by keys',
      how: 'Press `?` for all shortcuts. `g` and a letter goes to a page, `/` to its filter, `F1` to its help.',
    },
  ],
  terms: {
    Drops: 'Connections that ended without the device asking for it.',
    Refused: 'Requests that AWS IoT did not allow, according to its log.',
  },
  trouble: {
    'A line says that it is not known':
      'The console’s role may not read it, or logging or the fleet index is off. The line links to where it is turned on.',
    'Nothing is there yet': 'Connect a first device: it takes one page.',
  },
  commands: () => [
    {
      does: 'How many things are connected',
      text: "aws iot get-statistics --query-string 'connectivity.connected:true'",
    },
    { does: 'Who you are to AWS', text: 'aws sts get-caller-identity' },
  ],
  links: [
    { text: 'Connect a device', file: 'guides/connect-a-device' },
    { text: 'Find out why a device is refused', file: 'guides/why-a-device-is-refused' },
  ],
}
