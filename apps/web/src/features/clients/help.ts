import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  'Fought over': 'Two clients connect under the same client id and disconnect each other again and again.',
  Drops: 'Ends of the connection that the client did not ask for.',
  'Persistent session': 'Messages of QoS 1 wait in it for a client that is away.',
}

const LINKS = [
  { text: 'Find out why a device is refused', file: 'guides/why-a-device-is-refused' },
  { text: 'How clients are found', file: 'decisions/0029-clients-are-what-the-log-and-the-index-tell' },
]

export const clientsHelp: PageHelp = {
  title: 'Clients',
  about: 'Who is connected over MQTT and who was, as far as AWS IoT’s log and the fleet index show.',
  tasks: [
    {
      what: 'Find one',
      how: 'Filter by the beginning of its client id, by state, last disconnect, principal or address.',
    },
    { what: 'See who is in trouble', how: 'Sort by drops, or look for **Fought over**.' },
  ],
  terms: TERMS,
  trouble: {
    'A client is not in the list':
      'AWS has no list of connections. One that neither the log nor the index has is found by its whole client id.',
    'The list is empty': 'Turn logging on at INFO, or the fleet index with connectivity: both tell of connects.',
  },
  commands: () => [
    {
      does: 'Things that the index has as connected',
      text: "aws iot search-index --query-string 'connectivity.connected:true'",
    },
  ],
  links: LINKS,
}

export const clientHelp: PageHelp<{ readonly clientId: string }> = {
  title: 'A client',
  about: 'Connection, session, subscriptions and traffic of one client id, why it went, and who else uses the id.',
  tasks: [
    {
      what: 'Find out why it went',
      how: 'The tab **History** has each connect and disconnect with the reason of AWS IoT.',
    },
    {
      what: 'Disconnect it',
      how: 'Choose **Disconnect**. A device that is allowed to comes back at once: to keep it out, deactivate its certificate.',
    },
    { what: 'Look closer', how: '**Debug for 15 minutes** logs it at DEBUG; the level is put back by itself.' },
    { what: 'Write to it', how: '**Send message** reaches this client alone, on a topic of your choice.' },
  ],
  terms: TERMS,
  trouble: {
    'Subscriptions are not known':
      'The console’s role needs `iot:ListSubscriptions`, and the client has to be connected or have a session.',
    'The log has no connect of it': 'Choose a longer time, or turn logging on at INFO.',
  },
  commands: ({ clientId }) => [
    { does: 'Its connection', text: shell`aws iot-data get-connection --client-id ${clientId}` },
    { does: 'Disconnect it', text: shell`aws iot-data delete-connection --client-id ${clientId}` },
  ],
  links: LINKS,
}
