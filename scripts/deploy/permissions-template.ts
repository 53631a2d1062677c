import { stringify } from 'yaml'
import type { Parameter, Template } from './cloudformation/template.ts'
import { listOf, PLACEHOLDER, type PolicyDocument, policyDocument } from './policy-documents.ts'

/** Where the template lies, which is made of the policy documents and is never written by hand. */
export const PERMISSIONS_TEMPLATE = 'deploy/permissions.yaml'

const HEADER = `# Made of the documents in deploy/policies by
#   npx vitest run -u --project node scripts/deploy-templates.test.ts
# Whatever is changed here by hand is lost: change the documents.
`

/** A policy of the console's own role: what it is for, and when it is there. */
interface ConsolePolicy {
  readonly document: string
  readonly description: string
  readonly condition?: string
}

const CONSOLE_POLICIES: Readonly<Record<string, ConsolePolicy>> = {
  SignIn: { document: 'console-sign-in', description: 'People sign in, and their pages get MQTT within their role' },
  Read: { document: 'console-read', description: 'What every role reads' },
  ReadIam: {
    document: 'console-read-iam',
    description: 'IAM policies in the simulator and beside rules',
    condition: 'ReadsIam',
  },
  Operate: { document: 'console-operate', description: 'What operators change', condition: 'Operates' },
  Administer: { document: 'console-administer', description: 'What admins change', condition: 'Administers' },
  IdentityPools: {
    document: 'console-identity-pools',
    description: 'Admins make and change identity pools',
    condition: 'ChangesIdentityPools',
  },
  Roles: { document: 'console-roles', description: 'Admins have roles made for rules', condition: 'MakesRoles' },
  Rehearsals: {
    document: 'console-rehearsals',
    description: 'What rehearsals really call: functions, and tables that rules look up',
    condition: 'Rehearses',
  },
  RuleTargets: {
    document: 'console-rule-targets',
    description: 'Queues, tables and the like are offered where rules are written',
    condition: 'ListsTargets',
  },
  RegistrationFiles: {
    document: 'console-registration-files',
    description: 'Input files of registration tasks',
    condition: 'HasRegistrationFiles',
  },
}

const PARAMETERS: Readonly<Record<string, Parameter>> = {
  HighestRole: {
    Type: 'String',
    Default: 'admin',
    AllowedValues: ['viewer', 'operator', 'admin'],
    Description: 'The console can do no more than people of this role may, whoever signs in.',
  },
  PassableRoles: {
    Type: 'String',
    Default: '',
    Description:
      'ARN, or pattern of ARNs, of the roles that rules, jobs, streams, templates and role aliases may act with; empty for those below role/thingdeck/ alone.',
  },
  ReadIam: {
    Type: 'String',
    Default: 'true',
    AllowedValues: ['true', 'false'],
    Description: 'Whether everybody at the console reads the policies of IAM roles, users and groups.',
  },
  ChangeIdentityPools: {
    Type: 'String',
    Default: 'false',
    AllowedValues: ['true', 'false'],
    Description:
      'Whether admins make and change identity pools of Cognito, that of the console among them, with roles of PassableRoles.',
  },
  MakeRoles: {
    Type: 'String',
    Default: 'false',
    AllowedValues: ['true', 'false'],
    Description: 'Whether admins have the console make roles below role/thingdeck/. It can give these any permission.',
  },
  ListTargets: {
    Type: 'String',
    Default: 'true',
    AllowedValues: ['true', 'false'],
    Description: 'Whether admins who write rules are offered the queues, tables, buckets and the like that there are.',
  },
  InvokableFunctions: {
    Type: 'String',
    Default: '',
    Description: 'ARN, or pattern of ARNs, of Lambda functions that admins try in rehearsals; empty for none.',
  },
  ReadableTables: {
    Type: 'String',
    Default: '',
    Description:
      'ARN, or pattern of ARNs, of DynamoDB tables of which admins read single items in rehearsals of rules; empty for none.',
  },
  RegistrationFiles: {
    Type: 'String',
    Default: '',
    Description: 'ARN of the objects that registration tasks read, arn:aws:s3:::BUCKET/*; empty for no such tasks.',
  },
  MakeIotPolicies: {
    Type: 'String',
    Default: 'true',
    AllowedValues: ['true', 'false'],
    Description:
      'Whether the IoT policies of the three roles are made here; false where a console has made them already.',
  },
}

const equals = (parameter: string, value: string) => ({ 'Fn::Equals': [{ Ref: parameter }, value] })
const isGiven = (parameter: string) => ({ 'Fn::Not': [equals(parameter, '')] })
const asAdmin = (condition: object) => ({ 'Fn::And': [{ Condition: 'Administers' }, condition] })
const CONDITIONS = {
  Administers: equals('HighestRole', 'admin'),
  Operates: { 'Fn::Not': [equals('HighestRole', 'viewer')] },
  ReadsIam: equals('ReadIam', 'true'),
  ChangesIdentityPools: asAdmin(equals('ChangeIdentityPools', 'true')),
  MakesRoles: asAdmin(equals('MakeRoles', 'true')),
  ListsTargets: asAdmin(equals('ListTargets', 'true')),
  InvokesFunctions: isGiven('InvokableFunctions'),
  ReadsTables: isGiven('ReadableTables'),
  Rehearses: asAdmin({ 'Fn::Or': [{ Condition: 'InvokesFunctions' }, { Condition: 'ReadsTables' }] }),
  HasRegistrationFiles: asAdmin(isGiven('RegistrationFiles')),
  PassesOwnRolesAlone: equals('PassableRoles', ''),
  MakesIotPolicies: equals('MakeIotPolicies', 'true'),
}

/** What stands for a parameter of which empty means something. */
const OWN_ROLES = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/thingdeck/*' }
const INSTEAD_OF: Readonly<Record<string, object>> = {
  '${PassableRoles}': { 'Fn::If': ['PassesOwnRolesAlone', OWN_ROLES, { Ref: 'PassableRoles' }] },
  '${InvokableFunctions}': { Ref: 'InvokableFunctions' },
  '${ReadableTables}': { Ref: 'ReadableTables' },
  '${RegistrationFiles}': { Ref: 'RegistrationFiles' },
}

/** Statements of a document with others that are there only where their parameter was given. A role has ten policies at most. */
const CONDITION_OF: Readonly<Record<string, string>> = {
  InvokeFunctions: 'InvokesFunctions',
  ReadItems: 'ReadsTables',
}

/** A text of a document as CloudFormation fills it in; a variable of a policy is marked, so that it stays. */
function filledInByCloudFormation(text: string): unknown {
  if (text in INSTEAD_OF) return INSTEAD_OF[text]
  if (!text.match(PLACEHOLDER)) return text
  return { 'Fn::Sub': text.replaceAll(/\$\{(?!AWS::)/g, '${!') }
}

const asProperty = ({ Version, Statement }: PolicyDocument): object => ({
  Version,
  Statement: Statement.map((statement) => {
    const Resource = statement.Resource === '*' ? '*' : listOf(statement.Resource).map(filledInByCloudFormation)
    const condition = CONDITION_OF[statement.Sid]
    const property = { ...statement, Resource }
    return condition === undefined ? property : { 'Fn::If': [condition, property, { Ref: 'AWS::NoValue' }] }
  }),
})

const ROLES = { Viewer: 'viewer', Operator: 'operator', Admin: 'admin' } as const

/** The permissions of the console and of its pages, as a template. */
function permissionsTemplate(): Template {
  const managed = (description: string, document: string, condition?: string) => ({
    Type: 'AWS::IAM::ManagedPolicy',
    ...(condition !== undefined && { Condition: condition }),
    Properties: { Description: description, PolicyDocument: asProperty(policyDocument(document)) },
  })
  const ofConsole = Object.entries(CONSOLE_POLICIES).map(
    ([name, { document, description, condition }]) =>
      [`${name}Policy`, managed(description, document, condition)] as const,
  )
  const attached = Object.entries(CONSOLE_POLICIES).map(([name, { condition }]) => {
    const policy = { Ref: `${name}Policy` }
    return condition === undefined ? policy : { 'Fn::If': [condition, policy, { Ref: 'AWS::NoValue' }] }
  })
  const ofPages = Object.entries(ROLES).map(
    ([name, role]) =>
      [`${name}PagePolicy`, managed(`What a page of a ${role} may do at most`, `browser-${role}`)] as const,
  )
  const iotPolicies = Object.entries(ROLES).map(
    ([name, role]) =>
      [
        `${name}IotPolicy`,
        {
          Type: 'AWS::IoT::Policy',
          Condition: 'MakesIotPolicies',
          // It is attached to the identities of people, and AWS deletes none that is.
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: { PolicyName: `thingdeck-${role}`, PolicyDocument: asProperty(policyDocument(`iot-${role}`)) },
        },
      ] as const,
  )
  const output = (Description: string, Value: object, name: string) => ({
    Description,
    Value,
    Export: { Name: { 'Fn::Sub': `\${AWS::StackName}-${name}` } },
  })
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Thingdeck: what the console and its pages may do',
    Parameters: PARAMETERS,
    Conditions: CONDITIONS,
    Resources: {
      ...Object.fromEntries(ofConsole),
      ConsoleRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          Description: 'The role of the process of the console',
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'ecs-tasks.amazonaws.com' },
                Action: 'sts:AssumeRole',
                Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
              },
            ],
          },
          ManagedPolicyArns: attached,
        },
      },
      ...Object.fromEntries(ofPages),
      ...Object.fromEntries(iotPolicies),
    },
    Outputs: {
      ConsoleRole: output('ARN of the role of the console', { 'Fn::GetAtt': ['ConsoleRole', 'Arn'] }, 'ConsoleRole'),
      ...Object.fromEntries(
        Object.keys(ROLES).map((name) => [
          `${name}PagePolicy`,
          output(
            `ARN of what pages of ${name.toLowerCase()}s may do`,
            { Ref: `${name}PagePolicy` },
            `${name}PagePolicy`,
          ),
        ]),
      ),
    },
  }
}

/** Of each of these actions the reasons are in scripts/deploy/permissions.ts, and a test holds them against AWS's reference. */
const WHY_EVERYTHING =
  '# AWS has no resource for these actions, or identities of Cognito are among theirs, which have no ARN.'

/** The same as the text of the file. */
export const permissionsTemplateText = (): string =>
  HEADER +
  stringify(permissionsTemplate(), { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false }).replaceAll(
    /^( +)Resource: "\*"$/gm,
    `$1${WHY_EVERYTHING}\n$&`,
  )
