import { type ConditionFamily, parseConditionOperator } from '../condition-operator.ts'

/** What the members of a policy document are, in one sentence each. */
export const DOCUMENT_MEMBERS: Readonly<Record<string, string>> = {
  Version: 'The version of the policy language: 2012-10-17, the one that knows variables.',
  Statement: 'The statements: a list, or one. A Deny that matches wins over every Allow.',
  Id: 'A name for the document, which decides nothing.',
}

export const STATEMENT_MEMBERS: Readonly<Record<string, string>> = {
  Effect: 'Allow or Deny. What no statement allows is denied.',
  Action: 'What may be done: one action or a list. * stands for any letters.',
  Resource: 'What it may be done to: ARNs. * takes slashes too; + and # are letters.',
  NotResource: 'Everything but these ARNs, of every kind.',
  Condition: 'When the statement counts: operators, below each the keys that it compares. All must hold.',
  Sid: 'A name for the statement, which decides nothing.',
}

const FAMILIES: Readonly<Record<ConditionFamily, string>> = {
  string: 'The texts are equal, letter by letter; * is a letter.',
  stringIgnoreCase: 'The texts are equal, whatever the case of their letters.',
  like: 'The text fits a pattern, in which * stands for any letters and ? for one.',
  numeric: 'Compares numbers.',
  date: 'Compares points in time, such as 2030-01-31T00:00:00Z.',
  bool: 'true or false.',
  binary: 'The bytes are equal, written as Base64.',
  ip: 'The IP address is in a range, such as 203.0.113.0/24.',
  arn: 'The ARN fits a pattern, part by part between the colons.',
  null: '"true": the key is absent. "false": it has a value.',
}

/** What an operator compares, and how prefix and suffix change it; undefined where there is none of that name. */
export function operatorWords(text: string): string | undefined {
  const operator = parseConditionOperator(text)
  if (!operator) return undefined
  const { family, negated, ifExists, quantifier } = operator
  return [
    negated ? `Not so: ${FAMILIES[family].charAt(0).toLowerCase()}${FAMILIES[family].slice(1)}` : FAMILIES[family],
    quantifier === 'ForAllValues' && 'For every value that there is, also where there is none.',
    quantifier === 'ForAnyValue' && 'For at least one value.',
    ifExists && 'It also holds where the key is absent.',
  ]
    .filter((each) => each !== false)
    .join(' ')
}
