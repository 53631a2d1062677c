import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  Template: 'Says what is made of a device that comes: thing, certificate, policies.',
  Claim: 'A certificate that many devices share, good for nothing but to ask for one of their own.',
  Hook: 'A Lambda function that is asked for each device and may refuse it.',
  Version: 'A template has up to five; the default one decides.',
}

const LINKS = [{ text: 'How devices are provisioned', file: 'local', heading: 'provisioning' }]

export const provisioningTemplatesHelp: PageHelp = {
  title: 'Provisioning templates',
  about: 'What is made for a device that comes for the first time, so that nobody registers it by hand.',
  tasks: [
    {
      what: 'Make one',
      how: 'Choose **Create provisioning template**; begin with one that fits how your devices come.',
    },
    {
      what: 'See what came',
      how: 'Choose what was **Provisioned lately**: each device with what was made, or why it was refused.',
    },
  ],
  terms: TERMS,
  trouble: {
    'There are none': 'For a handful of devices **Connect a device** is simpler; for a list **Register things**.',
    'You may not change them': 'That takes the role admin.',
  },
  commands: () => [{ does: 'List them', text: 'aws iot list-provisioning-templates' }],
  links: LINKS,
}

export const provisioningTemplateHelp: PageHelp<{ readonly templateName: string }> = {
  title: 'A provisioning template',
  about: 'Its document, role and hook, who may register devices by it, and what came of it.',
  tasks: [
    {
      what: 'Try it',
      how: 'Open the rehearsal: the parameters of a device, and what would be made, or which step fails. Nothing is touched.',
    },
    {
      what: 'Give a production line what it needs',
      how: '**Make claim certificate**: its key is made in this browser. **Claim for five minutes** is for a single device.',
    },
    { what: 'Stop it', how: 'Disable it, or deactivate the claim that leaked.' },
  ],
  terms: TERMS,
  trouble: {
    'A device is refused':
      'The tab of devices says why. Most often the claim’s policy lacks a topic, or the template needs a parameter that the device did not send.',
    'Nobody may use it': 'No policy lets a certificate register by this template: make a claim certificate.',
  },
  commands: ({ templateName }) => [
    { does: 'What AWS has of it', text: shell`aws iot describe-provisioning-template --template-name ${templateName}` },
    {
      does: 'A claim for five minutes',
      text: shell`aws iot create-provisioning-claim --template-name ${templateName}`,
    },
  ],
  links: LINKS,
}

export const createProvisioningTemplateHelp: PageHelp = {
  title: 'Creating a provisioning template',
  about: 'Parameters that devices send, and the thing, certificate and policies that are made of them.',
  tasks: [
    {
      what: 'Write one',
      how: [
        'Choose how devices come: by claim, or with certificates of your CA.',
        'Begin with a template and change it; findings stand beside it.',
        'Choose the role by which AWS IoT makes what it says.',
        'Rehearse it with a device’s parameters.',
      ],
    },
  ],
  terms: TERMS,
  trouble: {
    'AWS refused this template':
      'The text above the editor is AWS’s own, with the place that it means where it says one.',
  },
  links: LINKS,
}

export const provisionedDevicesHelp: PageHelp = {
  title: 'Provisioned lately',
  about: 'Devices that were registered by a template, or were refused, as the log has them.',
  tasks: [{ what: 'Find why one was refused', how: 'Look at **What became of it**: it names the step and the cure.' }],
  terms: TERMS,
  trouble: { 'It is empty': 'No device came in this time, or AWS IoT did not log it: successes are logged at INFO.' },
  links: LINKS,
}
