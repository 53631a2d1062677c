import { type PageHelp, shell } from '../../shared/help/help.ts'

const LINKS = [
  { text: 'How devices are provisioned', file: 'local', heading: 'provisioning' },
  { text: 'What a stolen key is good for', file: 'security', heading: 'a-device-with-a-stolen-certificate' },
]

export const registerThingsHelp: PageHelp = {
  title: 'Register things',
  about:
    'Many devices from a CSV: things, keys, certificates and attachments, checked line by line before anything is made.',
  tasks: [
    {
      what: 'Register a list',
      how: [
        'Choose the file: its first line names the columns, each other line is a thing.',
        'Say what each column is: name, type, attribute, group.',
        'Choose the policy, mend the lines that are marked, and register.',
        'Download the keys before you leave: they are in this browser only.',
      ],
    },
    {
      what: 'Go on after an interruption',
      how: 'Open the page again in the same browser: it goes on where it stopped.',
    },
  ],
  terms: { Line: 'One device of the file. A line that is wrong stops no other.' },
  trouble: {
    'Lines cannot become things': 'Each is listed with its column and what is wrong with it.',
    'Keys are not in this browser':
      'They were made in another one, or forgotten. Make new ones for those that miss theirs.',
  },
  commands: () => [
    {
      does: 'Have AWS do it from S3',
      text: 'aws iot start-thing-registration-task --template-body file://template.json --input-file-bucket BUCKET --input-file-key KEY --role-arn ROLE_ARN',
    },
  ],
  links: LINKS,
}

export const registrationTasksHelp: PageHelp = {
  title: 'Registration tasks of AWS',
  about: 'Files in S3 whose things AWS registers by itself, by a template. AWS keeps tasks for 30 days.',
  tasks: [
    { what: 'Begin one', how: 'Choose **Start registration task**, with the bucket, the file and the template.' },
  ],
  trouble: {
    'There are none': 'A CSV is registered by this console under **Register things**, with keys made in the browser.',
    'It fails at once': 'The role has to trust `iot.amazonaws.com` and may read the file.',
  },
  commands: () => [{ does: 'List them', text: 'aws iot list-thing-registration-tasks' }],
  links: LINKS,
}

export const registrationTaskHelp: PageHelp<{ readonly taskId: string }> = {
  title: 'A registration task',
  about: 'How far it is, and what AWS says of the lines that went wrong.',
  tasks: [{ what: 'Stop it', how: '**Stop the task**: what was registered stays.' }],
  trouble: { 'No lines are reported': 'AWS writes its reports when the task is through.' },
  commands: ({ taskId }) => [
    { does: 'How far it is', text: shell`aws iot describe-thing-registration-task --task-id ${taskId}` },
    {
      does: 'What went wrong',
      text: shell`aws iot list-thing-registration-task-reports --task-id ${taskId} --report-type ERRORS`,
    },
  ],
  links: LINKS,
}
