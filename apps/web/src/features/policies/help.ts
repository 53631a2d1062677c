import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  'Default version': 'The one that decides. A policy has up to five versions.',
  'Policy variable': 'Is filled in for who connects: `${iot:Connection.Thing.ThingName}` is the thing’s name.',
  'Attached to':
    'A certificate, a group of things, or an identity of Cognito: whoever has it may what the policy says.',
}

const LINKS = [
  { text: 'What is found in a policy', file: 'reference/policy-findings' },
  { text: 'Find out why a device is refused', file: 'guides/why-a-device-is-refused' },
]

const TROUBLE = {
  'You may not change policies': 'That takes the role admin; everybody may read and simulate them.',
}

export const policiesHelp: PageHelp = {
  title: 'Policies',
  about: 'What devices and people may do over MQTT and HTTPS. A policy holds for whatever it is attached to.',
  tasks: [
    {
      what: 'Make one',
      how: 'Choose **Create policy** and begin with a template that allows as little as it needs, or choose **From traffic**.',
    },
    {
      what: 'Find out why something is refused',
      how: 'Refusals lead to the statement; the simulator answers for any request.',
    },
  ],
  terms: TERMS,
  trouble: { 'There are none': 'Without one a device may do nothing, not even connect.', ...TROUBLE },
  commands: () => [{ does: 'List them', text: 'aws iot list-policies' }],
  links: LINKS,
}

export const policyHelp: PageHelp<{ readonly policyName: string }> = {
  title: 'A policy',
  about: 'Its document, its versions, and to what it is attached, with the things and connections behind that.',
  tasks: [
    {
      what: 'Change it safely',
      how: [
        'Choose **Edit policy**: the draft outlives a reload.',
        'Look at what it would allow and deny, and to whom; rehearse it on the log’s traffic.',
        'Choose **Save new version**, as the default or beside it.',
      ],
    },
    { what: 'Go back', how: 'On the tab **Versions** choose an earlier one and **Set as default**.' },
  ],
  terms: TERMS,
  trouble: {
    'There is no room for a version': 'AWS keeps five: delete one that is not the default.',
    'It cannot be deleted': 'It is attached somewhere. The plan detaches it first, and says from whom.',
    ...TROUBLE,
  },
  commands: ({ policyName }) => [
    { does: 'Its document', text: shell`aws iot get-policy --policy-name ${policyName}` },
    { does: 'What it is attached to', text: shell`aws iot list-targets-for-policy --policy-name ${policyName}` },
  ],
  links: LINKS,
}

export const createPolicyHelp: PageHelp = {
  title: 'Creating a policy',
  about: 'A document of statements: what is allowed or denied, on which client ids, topics and filters.',
  tasks: [
    {
      what: 'Write one',
      how: [
        'Begin with a template that fits what the device does.',
        'Put in your topics. Completion has actions, resources and variables.',
        'Mend what is marked: each finding has its fix one click away.',
      ],
    },
  ],
  terms: TERMS,
  trouble: {
    'A device may still not subscribe':
      '`iot:Subscribe` is on `topicfilter/…`, `iot:Receive` and `iot:Publish` on `topic/…`.',
    ...TROUBLE,
  },
  commands: () => [
    {
      does: 'The same by hand',
      text: 'aws iot create-policy --policy-name POLICY --policy-document file://policy.json',
    },
  ],
  links: LINKS,
}
