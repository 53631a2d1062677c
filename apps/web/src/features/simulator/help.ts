import type { PageHelp } from '../../shared/help/help.ts'

export const simulatorHelp: PageHelp = {
  title: 'Simulator',
  about:
    'Whether a client may connect, publish, subscribe or receive as things are now. The same code decides in the embedded broker.',
  tasks: [
    {
      what: 'Check a request',
      how: [
        'Choose who: a thing, a certificate, a person of IAM, an identity of Cognito, or what an authorizer answers.',
        'Write the checks: an action and a topic, one a line.',
        'Run them: each says allowed or denied, by which statement, and which one comes nearest.',
      ],
    },
    {
      what: 'Mend it',
      how: 'A denied check has the smallest change that allows it: open it as a draft of the policy.',
    },
    {
      what: 'Ask AWS, too',
      how: 'Turn `AWS` on: its own answer stands beside. Where the two differ, the page says so.',
    },
  ],
  terms: {
    Nearest: 'The statement that would allow it but for one thing; the difference is marked.',
    Variable: 'What a policy fills in for this client. A variable without a value matches nothing.',
  },
  trouble: {
    'Everything is refused': 'No policy reaches the principal, or it may not connect under this client id.',
    'Some policies cannot be read': 'IAM’s need rights that the console may lack: paste them in.',
  },
  commands: () => [
    {
      does: 'Ask AWS by hand',
      text: 'aws iot test-authorization --principal CERTIFICATE_ARN --auth-infos actionType=PUBLISH,resources=TOPIC_ARN',
    },
  ],
  links: [
    { text: 'Find out why a device is refused', file: 'guides/why-a-device-is-refused' },
    { text: 'How variables that have no value count', file: 'decisions/0007-unresolved-policy-variables' },
  ],
}

export const policyCasesHelp: PageHelp = {
  title: 'Cases',
  about:
    'Tests of policies: a file of questions, each with its policies and what is to come of it. Keep it beside the policies, and open it again when they change.',
  tasks: [
    {
      what: 'Run the cases of a file',
      how: [
        'Press **Open a file of cases**; **What a file of cases looks like** has an example.',
        'Those that came out otherwise than expected are first: select one to see which statement decided.',
      ],
    },
    {
      what: 'Try a policy of the account',
      how: 'Leave the policies out of the file, and choose them under **Policies of cases that bring none**.',
    },
  ],
  terms: {
    Expected: 'What the case says is to come of it: ALLOWED or DENIED.',
  },
  trouble: {
    'Not decided': 'The case has no policies and none are chosen, or it does not say what it is about.',
    'There is no such member': 'A case may say only what counts: look at the example for its members.',
  },
  commands: () => [],
  links: [{ text: 'How variables that have no value count', file: 'decisions/0007-unresolved-policy-variables' }],
}
