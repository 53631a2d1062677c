import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  INACTIVE: 'Nobody can connect with it; it can be activated again.',
  REVOKED: 'Nobody can connect with it any more: for keys that somebody else may have.',
  PENDING_ACTIVATION: 'Registered when its device connected for the first time; a person or a rule has to activate it.',
}

const LINKS = [
  { text: 'Connect a device', file: 'guides/connect-a-device' },
  { text: 'Find out why a device is refused', file: 'guides/why-a-device-is-refused' },
  { text: 'What is stolen with a certificate', file: 'security', heading: 'a-device-with-a-stolen-certificate' },
]

export const certificatesHelp: PageHelp = {
  title: 'Certificates',
  about:
    'Certificates are how devices prove who they are. Here: until when each is valid, for which things, with which policies, and what is wrong with it.',
  tasks: [
    {
      what: 'See what expires',
      how: 'Choose **Expiry calendar**, or sort by **Expires**. A bar of the calendar leads to its certificates.',
    },
    {
      what: 'Replace them',
      how: 'Select those of some things and choose **Rotate**: the new one is made beside the old one.',
    },
    {
      what: 'Lock a device out',
      how: 'Select its certificate and deactivate it: the dialog says who is affected, and the connection ends.',
    },
  ],
  terms: TERMS,
  trouble: {
    'There are none':
      'A device connects with a certificate and its private key: `Create certificate`, or **Connect a device** for all of it.',
    'Last connection is not known':
      'AWS reports connections by thing; a certificate that is attached to no thing has none. The fleet index has to be on.',
  },
  commands: () => [
    { does: 'List them', text: 'aws iot list-certificates --ascending-order' },
    {
      does: 'Make key and certificate',
      text: 'aws iot create-keys-and-certificate --set-as-active --certificate-pem-outfile cert.pem --private-key-outfile key.pem',
    },
  ],
  links: LINKS,
}

export const certificateHelp: PageHelp<{ readonly certificateId: string }> = {
  title: 'A certificate',
  about: 'What is in it, which things it belongs to, what it may do, and who connected with it.',
  tasks: [
    { what: 'Deactivate it', how: 'The dialog names the things and connections that it ends. **Undo** puts it back.' },
    {
      what: 'Find out what it may do',
      how: 'Look at the policies, its own and those of the groups of its things, or choose **Simulate**.',
    },
    {
      what: 'Attach it',
      how: '**Attach to thing** and **Attach policies**: both take effect with the next connect or message.',
    },
  ],
  terms: TERMS,
  trouble: {
    'A device that connects with it may do nothing':
      'It has no policy, and no group of its things has one. Attach one.',
    'It cannot be deleted':
      'Only an inactive one without policies and things can; the plan does these steps in their order.',
  },
  commands: ({ certificateId }) => [
    { does: 'What AWS has of it', text: shell`aws iot describe-certificate --certificate-id ${certificateId}` },
    {
      does: 'Deactivate it',
      text: shell`aws iot update-certificate --certificate-id ${certificateId} --new-status INACTIVE`,
    },
  ],
  links: LINKS,
}

export const createCertificateHelp: PageHelp = {
  title: 'Creating a certificate',
  about:
    'Makes a key in this browser and has AWS IoT sign a certificate for it. The private key never leaves the browser.',
  tasks: [
    {
      what: 'Make one',
      how: [
        'Choose where the key and the certificate come from.',
        'Optionally name the thing whose device will have it, and policies.',
        'Create it, and download the private key now: nobody can give it to you later.',
      ],
    },
  ],
  terms: TERMS,
  trouble: { 'The key was not saved': 'It is lost with the page. Deactivate the certificate and make another one.' },
  commands: () => [
    {
      does: 'The same from a signing request of your own',
      text: 'aws iot create-certificate-from-csr --set-as-active --certificate-signing-request file://device.csr',
    },
  ],
  links: LINKS,
}
