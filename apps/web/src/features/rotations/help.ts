import type { PageHelp } from '../../shared/help/help.ts'

const TERMS = {
  Stage: 'How far a thing is: new certificate made, seen with it, old one ended.',
  'Seen with the new one': 'AWS IoT’s log has a connect of the thing’s device by the new certificate.',
}

const TROUBLE = {
  'Things stay in the first stage':
    'Their devices have not got the new key, or did not connect with it. They are listed first, with how long they wait.',
  'Nothing tells when devices connect': 'The log has to be on at INFO: connects are logged there.',
  'The keys are not in this tab': 'They were made in another one and are lost unless saved: make new ones.',
}

const LINKS = [
  { text: 'What devices do in a rotation by jobs', file: 'guides/rotate-a-certificate', heading: 'by-jobs' },
  { text: 'What a stolen key is good for', file: 'security', heading: 'a-device-with-a-stolen-certificate' },
]

export const rotationsHelp: PageHelp = {
  title: 'Certificate rotations',
  about:
    'New certificates for many things, made beside their old ones. The old ones end once the devices were seen with the new ones.',
  tasks: [
    { what: 'Begin one', how: 'Choose **Rotate certificates**. It goes on for as long as devices need, weeks too.' },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: () => [{ does: 'Certificates of a thing', text: 'aws iot list-thing-principals --thing-name THING' }],
  links: LINKS,
}

export const rotationHelp: PageHelp<{ readonly rotationId: string }> = {
  title: 'A rotation',
  about: 'How far each thing is, with what is stuck first.',
  tasks: [
    {
      what: 'End the old ones',
      how: 'They end by themselves as it was set; or select things and choose **Deactivate old certificates**.',
    },
    {
      what: 'Help a thing along',
      how: '**Make new keys** where they were lost, **Mark as seen** where you know that the device has its new one.',
    },
    {
      what: 'Deliver by jobs',
      how: [
        'Open **By jobs**, and ask the things for requests: each device makes a key, and answers a signing request.',
        'Have certificates made for the requests, and deliver them by a second job, which activates them.',
        'A private key is in no job. Devices have to know both operations: see the guide.',
      ],
    },
    { what: 'Go back', how: '**Undo rotation** activates the old certificates and takes the new ones away.' },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  links: LINKS,
}

export const createRotationHelp: PageHelp = {
  title: 'Rotating certificates',
  about: 'Which things get a new certificate, who makes the keys, and when the old certificates end.',
  tasks: [
    {
      what: 'Rotate',
      how: [
        'Choose the things and count them.',
        'Have the keys made in this browser, and download them.',
        'Choose when the old ones end: a while after the device was seen is the careful choice.',
        'Bring the keys to the devices.',
      ],
    },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  links: LINKS,
}
