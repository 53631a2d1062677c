import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The folder of the policy documents, from the root of the project. */
export const POLICIES = 'deploy/policies'

const root = join(import.meta.dirname, '../..')

/** A statement of a document as the files in `deploy/policies` write it. */
export interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** IAM's and AWS IoT's policy language, as far as ours use it. */
export interface PolicyDocument {
  readonly Version: string
  readonly Statement: readonly Statement[]
}

/** What stands for `${…}` in the documents: pseudo parameters of CloudFormation, and parameters of the templates. */
export interface Place {
  readonly account: string
  readonly region: string
  /** Default `aws`. */
  readonly partition?: string
  /** Parameters of the templates, by their names. */
  readonly parameters?: Readonly<Record<string, string>>
}

/** All documents by their names, `console-read` of `console-read.json`. */
export function readPolicyDocuments(): ReadonlyMap<string, PolicyDocument> {
  const files = globSync(`${POLICIES}/*.json`, { cwd: root }).sort()
  return new Map(files.map((file) => [basename(file, '.json'), JSON.parse(readFileSync(join(root, file), 'utf8'))]))
}

/** A document as it is written, of which nothing has been filled in. @throws {Error} when there is none of the name */
export function policyDocument(name: string): PolicyDocument {
  return JSON.parse(readFileSync(join(root, POLICIES, `${name}.json`), 'utf8'))
}

/**
 * A document for an account. Variables of policies, such as `${cognito-identity.amazonaws.com:sub}`, stay.
 * @throws {Error} for a parameter that was not given
 */
export function filledIn(document: PolicyDocument, place: Place): PolicyDocument {
  const values: Readonly<Record<string, string>> = {
    ...place.parameters,
    'AWS::Partition': place.partition ?? 'aws',
    'AWS::Region': place.region,
    'AWS::AccountId': place.account,
  }
  const text = JSON.stringify(document).replaceAll(PLACEHOLDER, (_whole, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`Nothing was given for \${${name}}`)
    return JSON.stringify(value).slice(1, -1)
  })
  return JSON.parse(text)
}

/** `${AWS::Region}` and `${PassableRoles}`; a variable of a policy has a dot or a single colon in its name. */
export const PLACEHOLDER = /\$\{(AWS::\w+|\w+)\}/g

/** The names of what has to be filled in. */
export const placeholdersOf = (document: PolicyDocument): ReadonlySet<string> =>
  new Set([...JSON.stringify(document).matchAll(PLACEHOLDER)].map(([, name = '']) => name))

/** A member that is one text or several, as several. */
export const listOf = (texts: string | readonly string[] | undefined): readonly string[] =>
  texts === undefined ? [] : typeof texts === 'string' ? [texts] : texts
