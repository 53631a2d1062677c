import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  'Role alias': 'A name under which devices exchange their certificate for temporary credentials of a role.',
  'Credentials provider': 'The host of AWS IoT that devices ask, over HTTPS with their certificate.',
}

const TROUBLE = {
  'A device is refused':
    'A policy of its certificate has to allow `iot:AssumeRoleWithCertificate` on the ARN of the alias. **Try it with a certificate** shows the answer.',
  'The role is refused': 'Its trust policy has to let `credentials.iot.amazonaws.com` assume it.',
}

const LINKS = [{ text: 'Identities in the embedded server', file: 'local', heading: 'identities' }]

export const roleAliasesHelp: PageHelp = {
  title: 'Role aliases',
  about: 'Lets devices call AWS, to put files into S3 say, without a secret of AWS on them.',
  tasks: [
    { what: 'Make one', how: 'Choose **Create role alias** with the role, then allow it in a policy of the devices.' },
  ],
  terms: TERMS,
  trouble: { 'There are none': 'None are needed for devices that speak MQTT only.', ...TROUBLE },
  commands: () => [
    { does: 'List them', text: 'aws iot list-role-aliases' },
    { does: 'Where devices ask', text: 'aws iot describe-endpoint --endpoint-type iot:CredentialProvider' },
  ],
  links: LINKS,
}

export const roleAliasHelp: PageHelp<{ readonly roleAlias: string }> = {
  title: 'A role alias',
  about: 'Its role, how long credentials are good for, and which policies let certificates use it.',
  tasks: [
    { what: 'Find out who may use it', how: 'Look at **Policies that speak of it**.' },
    {
      what: 'Try it',
      how: 'Choose a certificate: the page says what it would be answered, and has the command for the device.',
    },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: ({ roleAlias }) => [
    { does: 'What AWS has of it', text: shell`aws iot describe-role-alias --role-alias ${roleAlias}` },
  ],
  links: LINKS,
}

export const roleAliasFormHelp: PageHelp = {
  title: 'Writing a role alias',
  about: 'A name for devices, the role that they get, and for how long.',
  tasks: [
    {
      what: 'Keep it small',
      how: 'Give the role no more than the devices need: whoever has a device’s key has its credentials.',
    },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  links: LINKS,
}
