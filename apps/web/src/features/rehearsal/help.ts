import { type PageHelp, shell } from '../../shared/help/help.ts'

const LINKS = [{ text: 'What is found in a policy', file: 'reference/policy-findings' }]

export const policyRehearsalHelp: PageHelp<{ readonly policyName: string }> = {
  title: 'Rehearsal of a policy',
  about:
    'A draft, or another version, tried on the traffic that the log has, or on recorded messages: what would change, and for whom.',
  tasks: [
    {
      what: 'Rehearse',
      how: 'Choose what is rehearsed and of which time. Each request that would be decided otherwise is listed, with the statement.',
    },
    {
      what: 'Rehearse on recorded messages',
      how: [
        'Choose **Recorded messages**, and open a recording of live messages, or take what Live kept.',
        'Say who published them: one thing, or the thing that each topic names, as in `dt/+/{thing}/#`. Say who is to receive them, too.',
        'What is said goes into the address; the messages do not.',
      ],
    },
    { what: 'Go on', how: 'Change the draft and read again; save it as a new version from the policy’s page.' },
  ],
  terms: { Traffic: 'Connects, publishes and subscribes that AWS IoT logged. Successes are logged at INFO.' },
  trouble: {
    'There is no traffic': 'Logging is off or above INFO, or the clients of this policy did nothing in this time.',
  },
  commands: ({ policyName }) => [
    { does: 'Its versions', text: shell`aws iot list-policy-versions --policy-name ${policyName}` },
  ],
  links: LINKS,
}

export const policyFromTrafficHelp: PageHelp = {
  title: 'Policy from traffic',
  about: 'A policy that allows what a client did, as the log or a recording has it, and no more.',
  tasks: [
    {
      what: 'Make one',
      how: [
        'Name the client or principal, and choose a time in which it did all that it has to.',
        'Choose from how many alike topics on a wildcard stands for them.',
        'Look through the statements, add what was refused and should not be, and create the policy.',
      ],
    },
    {
      what: 'Make one of recorded messages',
      how: 'Choose **Recorded messages**, open a recording or take what the inspector kept, and say which things published and received: a recording does not tell.',
    },
  ],
  terms: {
    'Allow as well': 'What was refused in this time: add it only where the device should have been let through.',
  },
  trouble: { 'Something rare is missing': 'It did not happen in the time that was read. Read a longer one.' },
  links: LINKS,
}
