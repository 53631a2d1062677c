import type { PageHelp } from '../../shared/help/help.ts'

const TERMS = {
  Destination: 'A place outside of AWS IoT that rules may send to once it was confirmed.',
  Confirmation: 'A token that AWS IoT sends to the endpoint; giving it back proves that its owner agrees.',
}

const TROUBLE = {
  'It stays IN_PROGRESS':
    'Nobody has confirmed it. Look for the token in what the endpoint received, and choose **Confirm destination**.',
  'Its rules fail': 'A destination that is disabled or not confirmed takes no messages.',
}

const LINKS = [{ text: 'Destinations', file: 'local', heading: 'destinations' }]

export const ruleDestinationsHelp: PageHelp = {
  title: 'Destinations',
  about: 'Endpoints over HTTP, ways into a VPC, and databases that rules send to.',
  tasks: [
    { what: 'Make one', how: 'Choose **Create destination**.' },
    {
      what: 'Confirm one',
      how: 'Select it and choose **Confirm destination**; paste the token, or the whole request that came.',
    },
  ],
  terms: TERMS,
  trouble: { 'There are none': 'Rules that send to AWS services need none.', ...TROUBLE },
  commands: () => [{ does: 'List them', text: 'aws iot list-topic-rule-destinations' }],
  links: LINKS,
}

export const createRuleDestinationHelp: PageHelp = {
  title: 'Creating a destination',
  about: 'Where rules may send to: an HTTP endpoint, a VPC with Kafka brokers, or InfluxDB.',
  tasks: [
    {
      what: 'An HTTP endpoint',
      how: 'Its URL has to be the beginning of the URLs of the actions. AWS IoT sends it a token at once.',
    },
    {
      what: 'A VPC',
      how: 'Give the subnets and security groups of the brokers, and a role that may make network interfaces.',
    },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: () => [
    {
      does: 'The same by hand',
      text: "aws iot create-topic-rule-destination --destination-configuration 'httpUrlConfiguration={confirmationUrl=https://example.com/iot}'",
    },
  ],
  links: LINKS,
}
