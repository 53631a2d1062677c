import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  Thing: 'Stands for a device: its type, its attributes, its shadows.',
  'Fleet index': 'What search, connection states and counts come from. It lags a few seconds.',
  Attribute: 'A name and a value of the registry, by which things are found.',
}

const LINKS = [
  { text: 'Connect a device', file: 'guides/connect-a-device' },
  {
    text: 'AWS’s texts of errors of the fleet index',
    file: 'reference/error-texts-registry',
    heading: 'the-fleet-index',
  },
]

export const thingsHelp: PageHelp = {
  title: 'Things',
  about: 'All devices of the account, which can be searched by what they are, report and do.',
  tasks: [
    {
      what: 'Find one',
      how: 'Press `/` and type part of its name, or a condition on type, attributes or connection. The query that results is shown and can be edited.',
    },
    { what: 'Count', how: 'Choose a field under **Count things by**: each count leads to its things.' },
    {
      what: 'Change many',
      how: 'Select them, or all that are found, and choose what to do: a bulk change with a dry run.',
    },
    { what: 'Export the list', how: 'Save it as CSV or JSON Lines.' },
  ],
  terms: TERMS,
  trouble: {
    'There are none': 'Connect a device: `Connect a device` makes thing, certificate and policy on one page.',
    'It cannot be searched':
      'The fleet index is off: the page offers to turn it on. Without it things are listed by name, type and one attribute.',
    'You may not create things': 'That takes the role admin.',
  },
  commands: () => [
    {
      does: 'Those that are not connected',
      text: "aws iot search-index --query-string 'connectivity.connected:false'",
    },
    { does: 'List all', text: 'aws iot list-things' },
  ],
  links: LINKS,
}

export const thingHelp: PageHelp<{ readonly thingName: string }> = {
  title: 'A thing',
  about:
    'One device: how it is connected, what it says, what it may do, and what was done with it. Each tab covers one subject.',
  tasks: [
    {
      what: 'Find out why it is not connected',
      how: 'Look at **Timeline** for when the connection ended, then at **Refusals** for what was refused and why.',
    },
    { what: 'See what it says', how: 'The tab **Live** subscribes to its topics, **Shadows** has its state.' },
    {
      what: 'See what it may do',
      how: '**What it may do** is a table of its policies with variables filled in; it can be compared with another thing’s.',
    },
    { what: 'Give it a new certificate', how: 'On **Certificates and policies**: attach another one, or rotate.' },
  ],
  terms: { ...TERMS, 'Client id': 'The name under which the device connects; most often the thing’s.' },
  trouble: {
    'Its connection is not known':
      'The fleet index has to be on with connectivity, and knows the client id that is the thing’s name.',
    'It cannot be deleted':
      'Certificates have to be detached first; the plan does that in its order and says what stays.',
  },
  commands: ({ thingName }) => [
    { does: 'What AWS has of it', text: shell`aws iot describe-thing --thing-name ${thingName}` },
    { does: 'Its certificates', text: shell`aws iot list-thing-principals --thing-name ${thingName}` },
    { does: 'Its shadow', text: shell`aws iot-data get-thing-shadow --thing-name ${thingName} /dev/stdout` },
  ],
  links: [...LINKS, { text: 'Find out why a device is refused', file: 'guides/why-a-device-is-refused' }],
}

export const createThingHelp: PageHelp = {
  title: 'Creating a thing',
  about: 'An entry in the registry. A device also needs a certificate and a policy.',
  tasks: [
    { what: 'Make a device ready as a whole', how: 'Choose **Connect a device** in place of this page.' },
    { what: 'Make one like another', how: 'Name that one: type, attributes and groups are taken over.' },
  ],
  terms: TERMS,
  trouble: { 'The name is taken': 'Names are unique in an account and region, and cannot be changed later.' },
  commands: () => [{ does: 'The same by hand', text: 'aws iot create-thing --thing-name THING' }],
  links: LINKS,
}
