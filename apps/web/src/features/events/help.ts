import type { PageHelp } from '../../shared/help/help.ts'

export const eventsHelp: PageHelp = {
  title: 'Events',
  about: 'What AWS IoT tells by messages on `$aws/events/…`: changes of things, jobs, connections.',
  tasks: [
    { what: 'Turn events on', how: 'Select kinds and turn them on. They cost as messages do.' },
    { what: 'See them come', how: 'Choose **Watch** beside a topic: the live page subscribes to it.' },
  ],
  terms: { 'Lifecycle events': 'Connects, disconnects and subscriptions. They are always on.' },
  trouble: {
    'Nothing comes':
      'The kind is off, or the thing you watch did not change. A client needs a policy that allows the topic.',
    'You may not turn them on': 'That takes the role admin.',
  },
  commands: () => [
    { does: 'What is on', text: 'aws iot describe-event-configurations' },
    {
      does: 'Turn those of things on',
      text: "aws iot update-event-configurations --event-configurations 'THING={Enabled=true}'",
    },
  ],
  links: [{ text: 'How data flows', file: 'architecture', heading: 'how-data-flows' }],
}
