import type { ConditionOperator } from './condition-operator.ts'

/** Which kind of policy a document is; they share a language and differ in what they may contain. */
export type PolicyDialect = 'iot' | 'iam'

/** The version of the policy language. See {@link hasVariables}. */
export type PolicyLanguageVersion = '2008-10-17' | '2012-10-17'

/** Whether `${…}` is a variable in a document of this version. */
export const hasVariables = (version: PolicyLanguageVersion): boolean => version === '2012-10-17'

/** A policy document that has been checked. Made only by `parsePolicyDocument`. */
export interface PolicyDocument {
  readonly version: PolicyLanguageVersion
  readonly id?: string
  readonly statements: readonly PolicyStatement[]
}

export interface PolicyStatement {
  readonly sid?: string
  readonly effect: 'Allow' | 'Deny'
  readonly action: Selection
  readonly resource: Selection
  /** Whom a trust policy or a resource's policy speaks of; absent in a policy that is attached to somebody. */
  readonly principals?: readonly Principal[]
  /** All must hold. */
  readonly conditions: readonly Condition[]
}

/** What an element such as `Action` or `NotResource` selects, as written in the document. */
export interface Selection {
  /** True for `NotAction` and `NotResource`: everything is selected but what a pattern matches. */
  readonly negated: boolean
  readonly patterns: readonly string[]
}

/** One key under one operator. */
export interface Condition {
  readonly operator: ConditionOperator
  readonly key: string
  /** As text, whatever JSON type they had. */
  readonly values: readonly string[]
}

/** `{ "Service": "credentials.iot.amazonaws.com" }`; `*` stands for anyone, and then the type is `*` too. */
export interface Principal {
  readonly type: '*' | 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'
  readonly value: string
}
