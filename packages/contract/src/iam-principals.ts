import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { readOutcome } from './read-outcome.ts'

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

export const iamPrincipalEndpoints = defineEndpoints({
  getIamPrincipal: {
    method: 'GET',
    path: '/api/authorization/iam',
    summary: 'The IAM policies of a role, a user (with those of their groups) or a group, as of now',
    access: 'viewer',
    query: Type.Object({ kind: oneOf(IAM_PRINCIPAL_KINDS), name: IamName }),
    answer: json(IamPrincipal),
  },
})
