import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  'Billing group': 'Things whose costs are told apart by the tags of the group. A thing is in one at most.',
}

const LINKS = [{ text: 'What the embedded server has of the registry', file: 'local', heading: 'operations' }]

export const billingGroupsHelp: PageHelp = {
  title: 'Billing groups',
  about: 'Whose things they are, for the bill: AWS gives things no tags, billing groups have them in their place.',
  tasks: [
    { what: 'Make one', how: 'Choose **Create billing group**, then give it tags on its page.' },
    { what: 'Put things in', how: 'Open one and choose **Add thing**, or change many at once by a bulk change.' },
  ],
  terms: TERMS,
  trouble: {
    'There are none': 'None are needed unless costs are to be told apart.',
    'It cannot be deleted': 'Only an empty one can. Take its things out first: `Show things` leads to them.',
  },
  commands: () => [
    { does: 'List them', text: 'aws iot list-billing-groups' },
    { does: 'Make one', text: 'aws iot create-billing-group --billing-group-name GROUP' },
  ],
  links: LINKS,
}

export const billingGroupHelp: PageHelp<{ readonly billingGroupName: string }> = {
  title: 'A billing group',
  about: 'What it is for, which things are in it, and the tags by which a bill tells their costs apart.',
  tasks: [
    {
      what: 'Add a thing',
      how: 'On the tab **Things** choose **Add thing**. One that is in another billing group leaves that one.',
    },
    {
      what: 'Tell its costs apart',
      how: 'Set a tag on the tab **Tags**, and activate it as a cost allocation tag in AWS Billing.',
    },
  ],
  terms: TERMS,
  trouble: { 'Nothing is in it': 'Things are put in here, on their own pages, or by a bulk change.' },
  commands: ({ billingGroupName }) => [
    { does: 'Its things', text: shell`aws iot list-things-in-billing-group --billing-group-name ${billingGroupName}` },
    {
      does: 'Add a thing',
      text: shell`aws iot add-thing-to-billing-group --billing-group-name ${billingGroupName} --thing-name THING`,
    },
  ],
  links: LINKS,
}
