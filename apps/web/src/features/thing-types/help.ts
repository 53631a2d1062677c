import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  'Thing type': 'What things of a kind have in common. With one, a thing has up to 50 attributes.',
  Deprecated: 'No thing gets it any more; those that have it keep it.',
  'Propagated attributes': 'User properties that AWS adds to the messages of things of this type.',
}

const TROUBLE = {
  'It cannot be deleted': 'AWS deletes no type that a thing has, and none before it was deprecated for five minutes.',
  'You may not change types': 'That takes the role admin.',
}

const LINKS = [
  { text: 'AWS’s texts of errors of the registry', file: 'reference/error-texts-registry', heading: 'the-registry' },
]

export const thingTypesHelp: PageHelp = {
  title: 'Thing types',
  about: 'Kinds of things, by which they are found, searched and told apart.',
  tasks: [
    { what: 'Make one', how: 'Choose **Create thing type**. Its name, description and searchable attributes stay.' },
  ],
  terms: TERMS,
  trouble: { 'There are none': 'None are needed; a thing without a type has three attributes at most.', ...TROUBLE },
  commands: () => [{ does: 'List them', text: 'aws iot list-thing-types' }],
  links: LINKS,
}

export const thingTypeHelp: PageHelp<{ readonly thingTypeName: string }> = {
  title: 'A thing type',
  about: 'What its things have in common, and what their messages carry.',
  tasks: [
    { what: 'See its things', how: 'Choose **Show things**.' },
    { what: 'Retire it', how: 'Deprecate it: no thing gets it any more. It can be deleted once no thing has it.' },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: ({ thingTypeName }) => [
    { does: 'What AWS has of it', text: shell`aws iot describe-thing-type --thing-type-name ${thingTypeName}` },
    { does: 'Its things', text: shell`aws iot list-things --thing-type-name ${thingTypeName}` },
  ],
  links: LINKS,
}

export const createThingTypeHelp: PageHelp = {
  title: 'Creating a thing type',
  about: 'A name, what it is, up to three searchable attributes, and what messages of its things carry.',
  tasks: [
    {
      what: 'Choose searchable attributes',
      how: 'By them the registry finds things even without a fleet index. They cannot be changed later.',
    },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: () => [{ does: 'The same by hand', text: 'aws iot create-thing-type --thing-type-name TYPE' }],
  links: LINKS,
}
