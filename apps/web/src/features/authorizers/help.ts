import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  Authorizer: 'A Lambda function that says of a client who it is and what it may, in place of a certificate.',
  'Signing of tokens':
    'AWS IoT checks a signature first, and invokes the function only for tokens that have a good one.',
  Default: 'The one that is asked when the client names none.',
}

const TROUBLE = {
  'Every client is refused':
    'Try the credentials out: the page shows at which step it ends. Most often the authorizer is inactive, or its function has no permission for `iot.amazonaws.com`.',
  'You may not change authorizers': 'That takes the role admin. What you may not do says so when you point at it.',
}

const LINKS = [
  { text: 'Custom authorizers and domains', file: 'local', heading: 'custom-authorizers-and-domains' },
  { text: 'Find out why a device is refused', file: 'guides/why-a-device-is-refused' },
]

export const authorizersHelp: PageHelp = {
  title: 'Authorizers',
  about: 'Who lets clients in that bear no certificate: by a token, or by user name and password.',
  tasks: [
    {
      what: 'Make one',
      how: 'Choose **Create authorizer**. The page has a function to begin with, and makes the signing key.',
    },
    {
      what: 'See whether it works',
      how: 'Choose **Try out** and write what a client would send. Nothing is changed by that.',
    },
    { what: 'Have it asked by default', how: 'Select it and choose **Set as default**.' },
  ],
  terms: TERMS,
  trouble: { 'There are none': 'None are needed where devices connect with certificates.', ...TROUBLE },
  commands: () => [
    { does: 'List them', text: 'aws iot list-authorizers' },
    { does: 'Which one is the default', text: 'aws iot describe-default-authorizer' },
  ],
  links: LINKS,
}

export const authorizerHelp: PageHelp<{ readonly authorizerName: string }> = {
  title: 'An authorizer',
  about: 'One authorizer: its function, its signing keys, who asks it, and how its last runs ended.',
  tasks: [
    {
      what: 'Change a signing key without locking clients out',
      how: [
        'Choose **Edit** and add the new key beside the old one.',
        'Have your tokens signed with the new key.',
        'Remove the old one when nobody sends such a token any more.',
      ],
    },
    { what: 'Find out why a run failed', how: 'Look at **Last calls**; the log of the function has what it printed.' },
    { what: 'Stop it', how: '**Deactivate authorizer**: whoever names it is refused from then on.' },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: ({ authorizerName }) => [
    { does: 'What AWS has of it', text: shell`aws iot describe-authorizer --authorizer-name ${authorizerName}` },
    {
      does: 'Have AWS run it',
      text: shell`aws iot test-invoke-authorizer --authorizer-name ${authorizerName} --mqtt-context username=USER,clientId=CLIENT`,
    },
  ],
  links: LINKS,
}

export const authorizerFormHelp: PageHelp = {
  title: 'Writing an authorizer',
  about: 'What AWS IoT invokes for a client, and which tokens it lets through to the function.',
  tasks: [
    {
      what: 'Begin',
      how: [
        'Make the Lambda function; the page has one to begin with.',
        'Give its ARN, and leave the signing of tokens on where clients send tokens.',
        'Let the page make the key pair: the private key stays in this browser until you save it.',
        'Allow `iot.amazonaws.com` to invoke the function for this authorizer.',
      ],
    },
    {
      what: 'Take it into use',
      how: 'Create it active, try it out, then name it as the default or at a domain configuration.',
    },
  ],
  terms: TERMS,
  trouble: {
    'Signing cannot be turned on later': 'AWS fixes that with the first save. Make another authorizer.',
    ...TROUBLE,
  },
  links: LINKS,
}

export const tryAuthorizerHelp: PageHelp = {
  title: 'Trying custom authentication out',
  about:
    'Follows what a client sends, step by step: which authorizer is asked, whether its token is signed well, what its function is given and answers, and what the client may by that.',
  tasks: [
    {
      what: 'Try what your client sends',
      how: 'Choose how it comes, then fill in what it sends. The steps below fill themselves.',
    },
    {
      what: 'Have the client do the same',
      how: 'Copy one of the clients at the end of the page: it sends exactly what is written above.',
    },
  ],
  terms: TERMS,
  trouble: {
    'It says that the function was not run': 'Running it is a call to AWS of its own: a person has to ask for it.',
    ...TROUBLE,
  },
  links: LINKS,
}
