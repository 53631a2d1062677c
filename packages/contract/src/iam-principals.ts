import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { readOutcome } from './read-outcome.ts'
import { NextToken } from './things.ts'

/** Kinds of principals whose policies IAM has. */
export const IAM_PRINCIPAL_KINDS = ['role', 'user', 'group'] as const
export type IamPrincipalKind = (typeof IAM_PRINCIPAL_KINDS)[number]

/** The name of a user, group or role, without its path (IAM API reference). */
export const IamName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[\\w+=,.@-]+$' })

/** An IAM policy that counts, with its text. */
export const IamPolicy = Type.Object({
  policyName: Type.String(),
  policyArn: Type.Optional(Type.String({ description: 'Of a managed policy' })),
  groupName: Type.Optional(Type.String({ description: "The user's group that has it" })),
  document: Type.String(),
})
export type IamPolicy = Static<typeof IamPolicy>

/** All IAM policies of a principal, as of now: facts, and no decision. */
export const IamPrincipal = Type.Object({
  ...readOutcome,
  kind: oneOf(IAM_PRINCIPAL_KINDS),
  name: Type.String(),
  arn: Type.Optional(Type.String()),
  variables: Type.Record(Type.String(), Type.String(), {
    description: 'What policies can ask of it, by context key: `aws:username`, `aws:userid`',
  }),
  policies: Type.Array(IamPolicy),
  boundary: Type.Optional(
    Type.Object(
      { policyArn: Type.String(), document: Type.Optional(Type.String({ description: 'Absent: it may not be read' })) },
      { description: 'The permissions boundary: it must allow, too' },
    ),
  ),
  unread: Type.Array(Type.String(), { description: 'Policies that may not be read, which therefore do not count' }),
})
export type IamPrincipal = Static<typeof IamPrincipal>

const time = Type.String({ format: 'date-time' })

export const IamUser = Type.Object({
  userName: Type.String(),
  userId: Type.String({ description: 'By which AWS IoT names them in logs and lifecycle events, `AIDA…`' }),
  arn: Type.String(),
  path: Type.String(),
  createdAt: Type.Optional(time),
})
export type IamUser = Static<typeof IamUser>

export const IamGroup = Type.Object({
  groupName: Type.String(),
  groupId: Type.String(),
  arn: Type.String(),
  path: Type.String(),
  createdAt: Type.Optional(time),
})
export type IamGroup = Static<typeof IamGroup>

export const IamUserPage = Type.Object({
  ...readOutcome,
  users: Type.Array(IamUser),
  nextToken: Type.Optional(Type.String()),
})
export type IamUserPage = Static<typeof IamUserPage>

export const IamGroupPage = Type.Object({
  ...readOutcome,
  groups: Type.Array(IamGroup),
  nextToken: Type.Optional(Type.String()),
})
export type IamGroupPage = Static<typeof IamGroupPage>

/** A user with the groups that they are in. */
export const IamUserDetail = Type.Object({
  ...IamUser.properties,
  groupNames: Type.Optional(Type.Array(Type.String(), { description: 'Absent: the console may not read them' })),
  tags: Type.Record(Type.String(), Type.String()),
})
export type IamUserDetail = Static<typeof IamUserDetail>

/** A group with who is in it. */
export const IamGroupDetail = Type.Object({ ...IamGroup.properties, users: Type.Array(IamUser) })
export type IamGroupDetail = Static<typeof IamGroupDetail>

/** An access key, without its secret, which nobody is told after its making. */
export const AccessKey = Type.Object({
  accessKeyId: Type.String(),
  status: Type.String({ description: "IAM's own word: Active, Inactive" }),
  createdAt: Type.Optional(time),
  lastUsed: Type.Optional(
    Type.Object(
      {
        at: Type.Optional(Type.String({ format: 'date-time', description: 'Absent: never' })),
        service: Type.Optional(Type.String()),
        region: Type.Optional(Type.String()),
      },
      { description: 'Absent: the console may not read it' },
    ),
  ),
})
export type AccessKey = Static<typeof AccessKey>

export const AccessKeyList = Type.Object({ ...readOutcome, accessKeys: Type.Array(AccessKey) })
export type AccessKeyList = Static<typeof AccessKeyList>

const page = {
  nextToken: Type.Optional(NextToken),
  maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
}

export const iamPrincipalEndpoints = defineEndpoints({
  listIamUsers: {
    method: 'GET',
    path: '/api/iam/users',
    summary: 'A page of the users of IAM',
    access: 'viewer',
    query: Type.Object(page),
    answer: json(IamUserPage),
  },
  describeIamUser: {
    method: 'GET',
    path: '/api/iam/users/:userName',
    summary: 'A user of IAM with their groups',
    access: 'viewer',
    params: Type.Object({ userName: IamName }),
    answer: json(IamUserDetail),
  },
  listAccessKeys: {
    method: 'GET',
    path: '/api/iam/users/:userName/access-keys',
    summary: 'The access keys of a user of IAM: ids, states, and when each was used last',
    access: 'admin',
    params: Type.Object({ userName: IamName }),
    answer: json(AccessKeyList),
  },
  listIamGroups: {
    method: 'GET',
    path: '/api/iam/groups',
    summary: 'A page of the groups of IAM',
    access: 'viewer',
    query: Type.Object(page),
    answer: json(IamGroupPage),
  },
  describeIamGroup: {
    method: 'GET',
    path: '/api/iam/groups/:groupName',
    summary: 'A group of IAM with who is in it',
    access: 'viewer',
    params: Type.Object({ groupName: IamName }),
    answer: json(IamGroupDetail),
  },
  getIamPrincipal: {
    method: 'GET',
    path: '/api/authorization/iam',
    summary: 'The IAM policies of a role, a user (with those of their groups) or a group, as of now',
    access: 'viewer',
    query: Type.Object({ kind: oneOf(IAM_PRINCIPAL_KINDS), name: IamName }),
    answer: json(IamPrincipal),
  },
})
