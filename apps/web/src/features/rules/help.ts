import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  SQL: '`SELECT` what becomes of the message `FROM` a topic filter `WHERE` a condition holds.',
  Action: 'What is done with each message that the SQL selects. One that fails stops no other.',
  'Error action': 'Done once for a message of which an action failed.',
  'Basic Ingest': 'Devices publish to `$aws/rules/RULE/…` and reach this rule alone, without the broker.',
  Undefined: 'What a path that is not in the message says. A comparison with it is Undefined, which is not true.',
}

const LINKS = [
  { text: 'Functions of the rules language', file: 'reference/rules-sql-functions' },
  { text: 'Test cases of a rule', file: 'reference/rule-cases' },
  { text: 'Rules in the embedded server', file: 'local', heading: 'rules' },
]

export const rulesHelp: PageHelp = {
  title: 'Rules',
  about: 'What becomes of messages: a rule takes those of its topics, makes of each what its SQL says, and acts.',
  tasks: [
    {
      what: 'Ask where a topic goes',
      how: 'Write it under `Where does this topic go?`: which rules act on it, and which would.',
    },
    { what: 'Find a rule that fails', how: 'Sort by **Failures, 3 h** and look at **Last error**.' },
    { what: 'Make one', how: 'Choose **Create rule**: it is rehearsed on live messages before it is deployed.' },
  ],
  terms: TERMS,
  trouble: {
    'There are none': 'Without rules messages reach subscribers and nobody else.',
    'You may not change rules': 'That takes the role admin.',
  },
  commands: () => [{ does: 'List them', text: 'aws iot list-topic-rules' }],
  links: LINKS,
}

export const ruleHelp: PageHelp<{ readonly ruleName: string }> = {
  title: 'A rule',
  about: 'What it does, how many messages came for it, what each action did with the latest ones, and why it failed.',
  tasks: [
    {
      what: 'Find out why an action fails',
      how: 'The tab **Trace** has the latest messages with the cause and the cure.',
    },
    {
      what: 'Find out why it never fires',
      how: 'The trace asks what might be: disabled, no message on the topic, a condition that is never true.',
    },
    { what: 'Change it', how: 'Choose **Edit rule**; it is compared with what is deployed before it replaces it.' },
  ],
  terms: TERMS,
  trouble: {
    'The trace is empty': 'Nothing was logged of it: choose a longer time, or turn logging on at INFO or lower.',
    AccessDenied: 'The role of the action lacks a permission: the builder names it and can make the role.',
  },
  commands: ({ ruleName }) => [
    { does: 'Its definition', text: shell`aws iot get-topic-rule --rule-name ${ruleName}` },
    { does: 'Disable it', text: shell`aws iot disable-topic-rule --rule-name ${ruleName}` },
  ],
  links: LINKS,
}

export const ruleBuilderHelp: PageHelp = {
  title: 'Writing a rule',
  about:
    'SQL with completion, actions as forms, and a rehearsal on messages here in the browser: nothing is sent by it, and AWS is asked only where you say so.',
  tasks: [
    {
      what: 'Write one',
      how: [
        'Write the SQL. What is wrong is marked at its place; the mend is one click away.',
        'Rehearse it: on live messages, a recording, or one that you type. `WHERE` is told term by term.',
        'Add actions, and the role that each is done by: the page makes one with no more than they need.',
        'Save it. A draft outlives a reload until then.',
      ],
    },
    {
      what: 'Rehearse one that asks AWS',
      how: 'What functions ask stands under **Answers of AWS**. Fill in what is answered, or, as an admin, really call the function or read the item: nothing is asked by itself. Secrets are never read.',
    },
    {
      what: 'See what another version of it would do',
      how: 'Choose what to **Compare each message with**: what is deployed, or another SQL version. What would be sent counts, too.',
    },
    {
      what: 'Keep what it has to do',
      how: 'Make test cases of messages with their results; they are run with every change.',
    },
    { what: 'Take it along', how: 'Copy it as AWS CLI, CloudFormation, Terraform or CDK.' },
  ],
  terms: TERMS,
  trouble: {
    'Nothing matches': 'Look at what each term of `WHERE` says, and the largest value that was seen.',
    'Somebody else replaced the rule': 'The page shows both changes; merge them.',
  },
  commands: () => [
    {
      does: 'Deploy by hand',
      text: 'aws iot create-topic-rule --rule-name RULE --topic-rule-payload file://rule.json',
    },
  ],
  links: LINKS,
}
