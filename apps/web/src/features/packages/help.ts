import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  Package: 'Software that devices run, with its versions.',
  'Draft, published, deprecated':
    'A draft can be changed; a published version can be brought by jobs and is fixed; a deprecated one is not brought any more.',
  'Default version': 'The one that is meant where none is named.',
  'Shadow `$package`': 'In it a thing says which versions it runs.',
}

const LINKS = [
  { text: 'Commands, packages and streams', file: 'local', heading: 'commands-packages-and-streams' },
  { text: 'How what things run is counted', file: 'decisions/0043-what-things-run-is-counted-by-the-index' },
]

export const packagesHelp: PageHelp = {
  title: 'Software packages',
  about: 'What is installed on devices, in versions that jobs bring, and how many things run each.',
  tasks: [
    { what: 'Begin', how: 'Choose **Create package**, open it, and make its first version.' },
    { what: 'See who runs what', how: 'Each number of things leads to them.' },
  ],
  terms: TERMS,
  trouble: {
    'What things run is not indexed': 'Turn the index of named shadows on for `$package`: the page offers it.',
    'Jobs leave no trace of what they brought': 'Set the role in the package configuration.',
  },
  commands: () => [{ does: 'List them', text: 'aws iot list-packages' }],
  links: LINKS,
}

export const packageHelp: PageHelp<{ readonly packageName: string }> = {
  title: 'A software package',
  about: 'Its versions through their states, what runs each, and the jobs that named it.',
  tasks: [
    {
      what: 'Roll a version out',
      how: 'Publish it, then choose **Roll out this version**: a job is prepared with it.',
    },
    { what: 'Take one out of use', how: 'Deprecate it: no new job can bring it. Things that run it go on.' },
  ],
  terms: TERMS,
  trouble: { 'It cannot be deleted': 'A package with versions cannot; delete those first.' },
  commands: ({ packageName }) => [
    { does: 'Its versions', text: shell`aws iot list-package-versions --package-name ${packageName}` },
  ],
  links: LINKS,
}

export const packageConfigurationHelp: PageHelp = {
  title: 'Package configuration',
  about:
    'For all packages of the account: whether jobs write into things’ shadows which versions they brought, and by which role.',
  tasks: [
    {
      what: 'Set the role',
      how: 'Have whoever looks after IAM make it with the two policies that the page shows, then choose it here.',
    },
  ],
  terms: TERMS,
  trouble: { 'The role is refused': 'It has to trust AWS IoT, and you need `iam:PassRole` on it.' },
  commands: () => [{ does: 'What is set', text: 'aws iot get-package-configuration' }],
  links: LINKS,
}
