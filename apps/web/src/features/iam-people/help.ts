import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  User: 'Somebody, or a program, with lasting keys of the account.',
  Group: 'Users who have the same policies.',
  'Access key': 'An id and a secret, with which requests are signed; a user has two at most.',
}

const TROUBLE = {
  'The users of IAM cannot be read': 'The console’s role needs what `console-read-iam.json` has; it may be left out.',
}

const LINKS = [
  { text: 'Identities in the embedded server', file: 'local', heading: 'identities' },
  { text: 'What the console may do on AWS', file: 'reference/permissions' },
]

export const iamUsersHelp: PageHelp = {
  title: 'IAM users',
  about:
    'Who has lasting keys of the account. The console reads them, and changes none: that is IAM’s own console to do.',
  tasks: [
    {
      what: 'Find a key that nobody uses any more',
      how: 'Open the user, then **Access keys**: each says when it was used last, and for what.',
    },
    { what: 'Find out what somebody may do', how: 'Choose **Check what it may do** in the menu of the row.' },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: () => [{ does: 'List them', text: 'aws iam list-users' }],
  links: LINKS,
}

export const iamUserHelp: PageHelp<{ readonly userName: string }> = {
  title: 'A user of IAM',
  about: 'Their groups, their policies with those of the groups, and their keys.',
  tasks: [{ what: 'Try a request', how: '**Check what it may do** opens the simulator, signed in as this user.' }],
  terms: TERMS,
  trouble: TROUBLE,
  commands: ({ userName }) => [
    { does: 'Their keys', text: shell`aws iam list-access-keys --user-name ${userName}` },
    {
      does: 'A key that leaked: turn it off',
      text: shell`aws iam update-access-key --status Inactive --user-name ${userName} --access-key-id KEY`,
    },
  ],
  links: LINKS,
}

export const iamGroupsHelp: PageHelp = {
  title: 'IAM groups',
  about: 'Policies that several users have together.',
  tasks: [{ what: 'See who is in one', how: 'Open the group.' }],
  terms: TERMS,
  trouble: TROUBLE,
  commands: () => [{ does: 'List them', text: 'aws iam list-groups' }],
  links: LINKS,
}

export const iamGroupHelp: PageHelp<{ readonly groupName: string }> = {
  title: 'A group of IAM',
  about: 'Who is in it, and what its policies say.',
  tasks: [
    {
      what: 'Try a request',
      how: '**Check what its users may do** opens the simulator with the policies of the group.',
    },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: ({ groupName }) => [{ does: 'Who is in it', text: shell`aws iam get-group --group-name ${groupName}` }],
  links: LINKS,
}
