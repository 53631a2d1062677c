import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  'Domain configuration': 'A host name of AWS IoT with its own rules of who is let in, and how.',
  'Application protocol': 'What is spoken there: MQTT, MQTT over WebSocket, or HTTPS.',
  'TLS policy': 'Which versions of TLS and which ciphers are taken.',
}

const LINKS = [
  { text: 'Custom authorizers and domains', file: 'local', heading: 'custom-authorizers-and-domains' },
  { text: 'Ports of the embedded server', file: 'local', heading: 'ports' },
]

export const domainConfigurationsHelp: PageHelp = {
  title: 'Domain configurations',
  about: 'Host names of your own, or further ones of AWS’s, each with its authentication, authorizer and TLS.',
  tasks: [
    {
      what: 'Have devices connect to your own name',
      how: 'Choose **Create domain configuration** and `A domain of yours`, with its certificate of ACM.',
    },
    {
      what: 'Let clients in without certificates',
      how: 'Make one whose authentication is custom, with the authorizer that is asked.',
    },
  ],
  terms: TERMS,
  trouble: {
    'There are none': 'None are needed for devices that connect to the account’s endpoint with certificates.',
    'You may not change them': 'That takes the role admin.',
  },
  commands: () => [{ does: 'List them', text: 'aws iot list-domain-configurations' }],
  links: LINKS,
}

export const domainConfigurationHelp: PageHelp<{ readonly domainConfigurationName: string }> = {
  title: 'A domain configuration',
  about: 'Its host, how clients are let in there, and the state of its certificates.',
  tasks: [
    { what: 'See whether it lets a client in', how: 'Choose **Try out** and write what the client sends.' },
    {
      what: 'Take it out of use',
      how: '**Disable domain configuration**: whoever connects to it is refused. Only a disabled one can be deleted.',
    },
  ],
  terms: TERMS,
  trouble: {
    'Its server certificate is INVALID':
      'Look at it in ACM: it expired, or it is not for this name. Renew it in its place.',
    'Nobody reaches it': 'The entry of your DNS has to lead to AWS IoT’s endpoint.',
  },
  commands: ({ domainConfigurationName }) => [
    {
      does: 'What AWS has of it',
      text: shell`aws iot describe-domain-configuration --domain-configuration-name ${domainConfigurationName}`,
    },
  ],
  links: LINKS,
}

export const domainConfigurationFormHelp: PageHelp = {
  title: 'Writing a domain configuration',
  about: 'A host name and how clients are let in there.',
  tasks: [
    {
      what: 'Choose how clients are let in',
      how: 'The authentication type says what they bear: a certificate, credentials of AWS, or what an authorizer takes. The application protocols follow from it.',
    },
    {
      what: 'Use a domain of yours',
      how: 'Its certificate has to be in ACM in this region. One that a CA of your own signed needs a validation certificate, too.',
    },
  ],
  terms: TERMS,
  trouble: { 'The certificate cannot be changed': 'AWS fixes it. Renew it in ACM under the same ARN.' },
  links: LINKS,
}
