import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  Command: 'Something that one device does at once, and answers. A job brings many devices to a state over time.',
  Execution: 'One sending of a command to one thing or client.',
  TIMED_OUT: 'The device did not answer in time. An answer that comes later is still taken.',
}

const LINKS = [{ text: 'Commands, packages and streams', file: 'local', heading: 'commands-packages-and-streams' }]

const TROUBLE = {
  'The device does not answer':
    'It has to be connected and subscribed to `$aws/commands/things/THING/executions/+/request/#`. Its page of the client shows its subscriptions.',
  'You may not send': 'Sending takes the role operator, writing commands the role admin.',
}

export const commandsHelp: PageHelp = {
  title: 'Commands',
  about: 'What devices can be told to do at once: written once, sent as often as needed, with typed values.',
  tasks: [
    {
      what: 'Write one',
      how: 'Choose **Create command**: a template with parameters, or bytes that are always the same.',
    },
    {
      what: 'Send one',
      how: 'Select it and choose **Send command**. Before it goes you see what exactly the device gets.',
    },
    { what: 'Have it at hand', how: 'Open it and add a button: each thing of a type then has it on its page.' },
  ],
  terms: TERMS,
  trouble: { 'There are none': 'Write the first one with **Create command**.', ...TROUBLE },
  commands: () => [{ does: 'List them', text: 'aws iot list-commands' }],
  links: LINKS,
}

export const commandHelp: PageHelp<{ readonly commandId: string }> = {
  title: 'A command',
  about: 'What it sends, its parameters with their conditions, where it stands as a button, and what came of it.',
  tasks: [
    { what: 'Send it', how: 'Choose **Send command**.' },
    {
      what: 'Change it',
      how: 'AWS changes no payload of a command: choose **Create one like it** and deprecate this one.',
    },
    { what: 'See what came of it', how: 'The tab **Executions** has each device with its answer.' },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: ({ commandId }) => [
    { does: 'What AWS has of it', text: shell`aws iot get-command --command-id ${commandId}` },
  ],
  links: LINKS,
}

export const createCommandHelp: PageHelp = {
  title: 'Writing a command',
  about: 'What devices get when it is sent, and which values are asked for each time.',
  tasks: [
    {
      what: 'Write a template',
      how: [
        'Write the JSON that the device understands.',
        'Type `$` where a value goes in whenever it is sent.',
        'Give each parameter its type, its condition and, where there is one, its default.',
      ],
    },
    {
      what: 'Send bytes as they are',
      how: 'Choose **Always the same**, the content type, and the bytes as text, from a file or in Base64.',
    },
  ],
  terms: TERMS,
  trouble: { 'The id is taken': 'A command that was deleted keeps its id for a while, as **Pending deletion**.' },
  commands: () => [
    {
      does: 'The same by hand',
      text: "aws iot create-command --command-id COMMAND --namespace AWS-IoT --payload 'content=eyJvbiI6dHJ1ZX0=,contentType=application/json'",
    },
  ],
  links: LINKS,
}

export const sendCommandHelp: PageHelp = {
  title: 'Sending a command',
  about: 'To one device, with its answer as it comes, or to many things one after the other.',
  tasks: [
    {
      what: 'Send it',
      how: [
        'Choose the command and whom it is for.',
        'Fill in the values.',
        'Look at what the device gets, and whether it is connected; then send.',
      ],
    },
    {
      what: 'Send it to many',
      how: 'Choose several things, a group or a query: that is a bulk change, which goes on without the page.',
    },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: () => [
    {
      does: 'The same by hand',
      text: 'aws iot-jobs-data start-command-execution --command-arn COMMAND_ARN --target-arn THING_ARN',
    },
  ],
  links: LINKS,
}

export const commandExecutionsHelp: PageHelp = {
  title: 'Sent commands',
  about: 'What devices were told, and what they answered. AWS remembers it for six months.',
  tasks: [
    {
      what: 'Find what was sent',
      how: 'Name a thing, a client id or a command in the filter: AWS lists executions only so.',
    },
    { what: 'Send it again', how: 'Select an execution and choose **Send again with the same values**.' },
  ],
  terms: TERMS,
  trouble: {
    'Nothing is shown': 'The filter is empty, or nothing was sent to it in the time that AWS remembers.',
    ...TROUBLE,
  },
  commands: () => [{ does: 'Those of a command', text: 'aws iot list-command-executions --command-arn COMMAND_ARN' }],
  links: LINKS,
}
