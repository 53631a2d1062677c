import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  'Identity pool': 'Turns a login into temporary credentials of AWS.',
  Identity: 'Somebody who has signed in at least once, or came as a guest.',
  'IoT policies': 'Attached to an identity; over MQTT they and the IAM role must both allow.',
}

const LINKS = [
  { text: 'Identities of the console', file: 'aws', heading: '5-people-5-minutes' },
  { text: 'Identities in the embedded server', file: 'local', heading: 'identities' },
]

export const identityPoolsHelp: PageHelp = {
  title: 'Identities',
  about:
    'Identity pools of Amazon Cognito, whose identities can use MQTT. The console signs its own people in through one.',
  tasks: [
    {
      what: 'Let an app speak MQTT without a certificate',
      how: 'Choose **Create identity pool** with its login provider, then say which roles it gives.',
    },
    {
      what: 'Find out what somebody may do',
      how: 'Open the pool, then the identity, and choose **Check what it may do**.',
    },
  ],
  terms: TERMS,
  trouble: {
    'The identity pools cannot be read': 'The console’s role needs `cognito-identity:ListIdentityPools`.',
    'There are none': 'Where the console runs without Cognito there need be none.',
  },
  commands: () => [{ does: 'List them', text: 'aws cognito-identity list-identity-pools --max-results 20' }],
  links: LINKS,
}

export const identityPoolHelp: PageHelp<{ readonly identityPoolId: string }> = {
  title: 'An identity pool',
  about: 'How people sign in, which role they get, and who has signed in so far.',
  tasks: [
    {
      what: 'See who gets which role',
      how: 'Look at **Roles by login**: for each provider, the first rule that matches decides. **Edit roles** changes it.',
    },
    {
      what: 'Let others sign in',
      how: '**Edit identity pool** has the login providers, and whether guests are let in.',
    },
  ],
  terms: TERMS,
  trouble: { 'No identities yet': 'Nobody has signed in by this pool.' },
  commands: ({ identityPoolId }) => [
    {
      does: 'Its identities',
      text: shell`aws cognito-identity list-identities --identity-pool-id ${identityPoolId} --max-results 60`,
    },
  ],
  links: LINKS,
}

export const identityHelp: PageHelp<{ readonly identityId: string }> = {
  title: 'An identity',
  about: 'One identity: its logins, its IoT policies, and what they allow.',
  tasks: [
    {
      what: 'Let it do something over MQTT',
      how: 'Choose **Attach policies**. The IAM role of the pool has to allow the same.',
    },
    { what: 'Try a request', how: '**Check what it may do** opens the simulator with this identity.' },
  ],
  terms: TERMS,
  trouble: {
    'It is refused all the same':
      'For a guest the role alone decides; for others both the role and a policy have to allow it.',
  },
  commands: ({ identityId }) => [
    { does: 'Its policies', text: shell`aws iot list-attached-policies --target ${identityId}` },
  ],
  links: LINKS,
}

export const poolFormHelp: PageHelp = {
  title: 'Writing an identity pool',
  about: 'Who may sign in: the login providers whose tokens are taken, and whether guests are let in.',
  tasks: [
    {
      what: 'Take tokens of any OpenID issuer',
      how: 'Make it a provider of IAM first, then name that one by its ARN as **OpenID Connect provider of IAM**.',
    },
  ],
  terms: {
    ...TERMS,
    'Basic flow':
      'The client assumes a role itself, with a token of the pool, in place of getting credentials from it.',
  },
  trouble: {
    'Somebody else changed it meanwhile': 'Open the page again: what was saved last is shown, and nothing was lost.',
    'Cognito changes it no more': 'The name of a back end of your own is set once; make another pool for another one.',
  },
  commands: () => [{ does: 'Providers that IAM has', text: 'aws iam list-open-id-connect-providers' }],
  links: LINKS,
}

export const poolRolesHelp: PageHelp<{ readonly identityPoolId: string }> = {
  title: 'Roles of an identity pool',
  about: 'Which role somebody gets: of who signed in, of guests, or by what their token says.',
  tasks: [
    {
      what: 'Give a group of people another role',
      how: 'At its login provider choose **Found by rules**, and add a rule for the claim `cognito:groups`.',
    },
    {
      what: 'Have a role that the pool may give',
      how: 'Its trust policy has to let this pool: **A role that trusts this pool** has it, to be copied.',
    },
  ],
  terms: TERMS,
  trouble: {
    'The role cannot be passed': 'The console’s role needs `iam:PassRole` on it, to `cognito-identity.amazonaws.com`.',
  },
  commands: ({ identityPoolId }) => [
    {
      does: 'What AWS has of it',
      text: shell`aws cognito-identity get-identity-pool-roles --identity-pool-id ${identityPoolId}`,
    },
  ],
  links: LINKS,
}
