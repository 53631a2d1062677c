import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  'CA certificate': 'An authority of your own that signs the certificates of your devices.',
  'Registers by itself': 'A device whose certificate it signed is registered when it connects first (just in time).',
  DEFAULT: 'Registered with a proof that you have its key; no other account has it in this region.',
  SNI_ONLY: 'Registered without a proof; devices have to send SNI.',
}

const LINKS = [
  { text: 'How devices are provisioned', file: 'local', heading: 'provisioning' },
  { text: 'TLS and certificates', file: 'local', heading: 'tls' },
]

export const certificateAuthoritiesHelp: PageHelp = {
  title: 'CA certificates',
  about: 'Authorities of your own. Devices with certificates that AWS IoT made need none.',
  tasks: [
    {
      what: 'Register one',
      how: 'Choose **Register CA certificate**. The proof is signed in the page; the key of the CA is not sent.',
    },
    {
      what: 'Have devices register by themselves',
      how: 'Open one, turn automatic registration on, and set a template for what is made of a device.',
    },
  ],
  terms: TERMS,
  trouble: {
    'There are none': 'Register one where device certificates come from your factory.',
    'A device is refused at its first connect':
      'That is how just-in-time registration goes: it is registered, disconnected, and let in at the next connect once its certificate is active.',
  },
  commands: () => [
    { does: 'List them', text: 'aws iot list-ca-certificates' },
    { does: 'The code that the proof has to have', text: 'aws iot get-registration-code' },
  ],
  links: LINKS,
}

export const certificateAuthorityHelp: PageHelp<{ readonly certificateId: string }> = {
  title: 'A CA certificate',
  about: 'Until when it is good, whether devices register by it, and which certificates it signed.',
  tasks: [
    {
      what: 'Provision just in time',
      how: 'Choose **Set template**: thing, policy and attachments are made of it when a device connects first.',
    },
    {
      what: 'Stop new devices',
      how: 'Deactivate it. Certificates that it signed and that are registered go on; revoke those one by one.',
    },
  ],
  terms: TERMS,
  trouble: { 'It has signed nothing': 'No registered certificate names it as its issuer yet.' },
  commands: ({ certificateId }) => [
    { does: 'What AWS has of it', text: shell`aws iot describe-ca-certificate --certificate-id ${certificateId}` },
    { does: 'What it signed', text: shell`aws iot list-certificates-by-ca --ca-certificate-id ${certificateId}` },
  ],
  links: LINKS,
}

export const registerAuthorityHelp: PageHelp = {
  title: 'Registering a CA certificate',
  about: 'Makes AWS IoT know an authority of yours, so that certificates signed by it can be registered.',
  tasks: [
    {
      what: 'Register one',
      how: [
        'Give the CA certificate as PEM.',
        'Sign the proof here with the private key of the CA, which stays in this page, or make the verification certificate yourself.',
        'Say whether devices register by themselves, and by which template.',
      ],
    },
  ],
  terms: TERMS,
  trouble: {
    'The key is not taken': 'It has to be PKCS #8, not encrypted: `openssl pkcs8 -topk8 -nocrypt -in ca.key.pem`.',
    'AWS refuses the proof':
      'The common name of the verification certificate has to be the registration code of this account and region.',
  },
  commands: () => [{ does: 'The registration code', text: 'aws iot get-registration-code' }],
  links: LINKS,
}

export const transfersHelp: PageHelp = {
  title: 'Certificate transfers',
  about: 'Certificates on their way between two AWS accounts: offered by one, accepted or rejected by the other.',
  tasks: [
    {
      what: 'Give one away',
      how: 'Choose **Offer certificate**. It has to be inactive, on no thing and without policies.',
    },
    {
      what: 'Take one',
      how: 'Choose **Accept or reject a certificate** with the id that the other account tells you.',
    },
  ],
  terms: { 'Take back': 'Ends an offer that nobody has answered yet.' },
  trouble: {
    'Nothing is offered': 'The list shows what this account has offered. What is offered to it, AWS does not list.',
  },
  commands: () => [
    { does: 'What is on its way out', text: 'aws iot list-outgoing-certificates' },
    { does: 'Accept one', text: 'aws iot accept-certificate-transfer --certificate-id CERTIFICATE --set-as-active' },
  ],
  links: LINKS,
}
