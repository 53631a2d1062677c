import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  Static: 'Has the things that are added to it. It can stand below another group, and hands policies down.',
  Dynamic: 'Has the things that a query of the fleet index finds. It has no policies.',
}

const TROUBLE = {
  'It cannot be deleted': 'AWS deletes no group that others are below: delete or move those first.',
  'Dynamic groups cannot be made': 'They need the fleet index; the page offers to turn it on.',
  'You may not change groups': 'That takes the role admin.',
}

const LINKS = [
  { text: 'AWS’s texts of errors of the registry', file: 'reference/error-texts-registry', heading: 'the-registry' },
]

export const thingGroupsHelp: PageHelp = {
  title: 'Thing groups',
  about: 'Groups give policies, jobs and log levels to many things at once.',
  tasks: [
    { what: 'Make one', how: 'Choose **Create thing group**: static, or dynamic by a query that is tried first.' },
    {
      what: 'Do something with a group',
      how: 'Open it: its things can be changed in bulk, given a job or sent a command.',
    },
  ],
  terms: TERMS,
  trouble: { 'There are none': 'None are needed for a handful of things.', ...TROUBLE },
  commands: () => [{ does: 'List them', text: 'aws iot list-thing-groups --recursive' }],
  links: LINKS,
}

export const thingGroupHelp: PageHelp<{ readonly thingGroupName: string }> = {
  title: 'A thing group',
  about: 'Its things, its policies and those from above, the groups below it, and its tags.',
  tasks: [
    {
      what: 'Add a thing',
      how: 'On the tab **Things** choose **Add thing**: the policies of the group hold for it from its next message on.',
    },
    {
      what: 'Move it, or give it another name',
      how: 'Choose **Move thing group**. AWS does neither: the dialog shows what is made, filled and deleted in its place, what that means for whom, and how long it takes, before anything is done. It can be undone.',
    },
    {
      what: 'Give all its things a right',
      how: 'On the tab **Policies** choose **Attach policy**. It reaches the groups below, too.',
    },
  ],
  terms: TERMS,
  trouble: { 'No things are in it': 'Add some here, on their pages, or by a bulk change.', ...TROUBLE },
  commands: ({ thingGroupName }) => [
    {
      does: 'Its things',
      text: shell`aws iot list-things-in-thing-group --thing-group-name ${thingGroupName} --recursive`,
    },
    {
      does: 'Add a thing',
      text: shell`aws iot add-thing-to-thing-group --thing-group-name ${thingGroupName} --thing-name THING`,
    },
  ],
  links: LINKS,
}

export const createThingGroupHelp: PageHelp = {
  title: 'Creating a thing group',
  about: 'A name, what it stands below, and whether its things are added or found.',
  tasks: [
    {
      what: 'Write a query',
      how: 'As in the search of things: `thingTypeName:pump AND attributes.site:halls`. The page shows what it finds now.',
    },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: () => [{ does: 'The same by hand', text: 'aws iot create-thing-group --thing-group-name GROUP' }],
  links: LINKS,
}
